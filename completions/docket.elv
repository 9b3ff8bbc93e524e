# Completions of docket for Elvish. docket itself says what fits; this hands over the line and shows the answer.

use str

set edit:completion:arg-completer[docket] = {|@words|
    var before = $words[1..-1]
    var word = $words[-1]
    var lines = []
    try {
        set lines = [(e:docket __complete elvish --word=$word -- $@before 2>/dev/null </dev/null | from-lines)]
    } catch e {
        nop
    }
    if (> (count $lines) 0) {
        if (eq $lines[0] values) {
            for line $lines[1..] {
                var value about = (str:split &max=2 "\t" $line)
                if (eq $about '') {
                    edit:complex-candidate $value
                } else {
                    edit:complex-candidate $value &display=$value'  '$about
                }
            }
        } else {
            edit:complete-filename $@words
        }
    }
}
