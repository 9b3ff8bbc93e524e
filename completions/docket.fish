# Completions of docket for fish. docket itself says what fits; this hands over the line and shows the answer.

function __docket_complete
    set -l word (commandline -ct)
    set -l before (commandline -opc)
    set -e before[1]
    set -l lines (command docket __complete fish --word="$word" -- $before 2>/dev/null </dev/null)
    set -l kind $lines[1]
    set -e lines[1]
    set -l flag (string match -r -- '^--[^=]+=' "$word")
    set -l path (string replace -r -- '^--[^=]+=' '' "$word")
    switch "$kind"
        case values
            set -q lines[1]; and printf '%s\n' $lines
        case files
            for found in (__fish_complete_path "$path")
                echo "$flag$found"
            end
        case folders
            for found in (__fish_complete_directories "$path" '')
                echo "$flag$found"
            end
    end
end

complete -c docket -f -k -a '(__docket_complete)'
