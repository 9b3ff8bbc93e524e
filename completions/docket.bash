# Completions of docket for bash. docket itself says what fits; this hands over the line and shows the answer.

_docket() {
    # COMP_POINT counts bytes.
    local LC_ALL=C describe= kind= candidate
    # Only where candidates are listed, and not put into the line, may they be described.
    case ${COMP_TYPE-9} in 33 | 63 | 64) describe=--describe ;; esac
    COMPREPLY=()
    {
        read -r kind
        while IFS= read -r candidate; do COMPREPLY+=("$candidate"); done
    } < <(command docket __complete bash ${describe:+"$describe"} \
        --line="${COMP_LINE:0:COMP_POINT}" --word="$2" 2>/dev/null </dev/null)
    case $kind in
        values) compopt -o nosort 2>/dev/null ;;
        files) compopt -o default 2>/dev/null || COMPREPLY=($(compgen -f -- "$2")) ;;
        folders) compopt -o dirnames 2>/dev/null || COMPREPLY=($(compgen -d -- "$2")) ;;
    esac
    return 0
}

complete -F _docket docket
