# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_docket_global_optspecs
    string join \n portal= account= json= jq= csv= no-input q/quiet v/verbose color= lang= timeout= ca-bundle= h/help V/version
end

function __fish_docket_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_docket_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_docket_using_subcommand
    set -l cmd (__fish_docket_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c docket -n "__fish_docket_needs_command" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_needs_command" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_needs_command" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_needs_command" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_needs_command" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_needs_command" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_needs_command" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_needs_command" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_needs_command" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_needs_command" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_needs_command" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_needs_command" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_needs_command" -f -a "login" -d 'Log in at a portal'
complete -c docket -n "__fish_docket_needs_command" -f -a "logout" -d 'Log out of a portal'
complete -c docket -n "__fish_docket_needs_command" -f -a "status" -d 'Show who is logged in where'
complete -c docket -n "__fish_docket_needs_command" -f -a "accounts" -d 'List and switch accounts'
complete -c docket -n "__fish_docket_needs_command" -f -a "tokens" -d 'Make, list and revoke tokens for CI jobs'
complete -c docket -n "__fish_docket_needs_command" -f -a "products" -d 'List the products that can have cases'
complete -c docket -n "__fish_docket_needs_command" -f -a "categories" -d 'List the categories of a product'
complete -c docket -n "__fish_docket_needs_command" -f -a "form" -d 'Show what a case needs'
complete -c docket -n "__fish_docket_needs_command" -f -a "resources" -d 'Find self-service articles'
complete -c docket -n "__fish_docket_needs_command" -f -a "case" -d 'Open cases and work on them'
complete -c docket -n "__fish_docket_needs_command" -f -a "outbox" -d 'List and send what could not be sent yet'
complete -c docket -n "__fish_docket_needs_command" -f -a "expert" -d 'Answer cases, as an expert'
complete -c docket -n "__fish_docket_needs_command" -f -a "portal" -d 'Run a portal'
complete -c docket -n "__fish_docket_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c docket -n "__fish_docket_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c docket -n "__fish_docket_using_subcommand login" -l email -d 'E-mail address' -r
complete -c docket -n "__fish_docket_using_subcommand login" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand login" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand login" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand login" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand login" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand login" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand login" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand login" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand login" -l password-stdin -d 'Read the password from standard input'
complete -c docket -n "__fish_docket_using_subcommand login" -l with-token -d 'Read a token from standard input'
complete -c docket -n "__fish_docket_using_subcommand login" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand login" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand login" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand login" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand login" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand logout" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand logout" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand logout" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand logout" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand logout" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand logout" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand logout" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand logout" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand logout" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand logout" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand logout" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand logout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand logout" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand status" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand status" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand status" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand status" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand status" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand status" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand status" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand status" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand status" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand status" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand status" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand status" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand status" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand accounts; and not __fish_seen_subcommand_from list switch help" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand accounts; and not __fish_seen_subcommand_from list switch help" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand accounts; and not __fish_seen_subcommand_from list switch help" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand accounts; and not __fish_seen_subcommand_from list switch help" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand accounts; and not __fish_seen_subcommand_from list switch help" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand accounts; and not __fish_seen_subcommand_from list switch help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand accounts; and not __fish_seen_subcommand_from list switch help" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand accounts; and not __fish_seen_subcommand_from list switch help" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand accounts; and not __fish_seen_subcommand_from list switch help" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand accounts; and not __fish_seen_subcommand_from list switch help" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand accounts; and not __fish_seen_subcommand_from list switch help" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand accounts; and not __fish_seen_subcommand_from list switch help" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand accounts; and not __fish_seen_subcommand_from list switch help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand accounts; and not __fish_seen_subcommand_from list switch help" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand accounts; and not __fish_seen_subcommand_from list switch help" -f -a "list" -d 'List your accounts'
complete -c docket -n "__fish_docket_using_subcommand accounts; and not __fish_seen_subcommand_from list switch help" -f -a "switch" -d 'Choose the account to work in'
complete -c docket -n "__fish_docket_using_subcommand accounts; and not __fish_seen_subcommand_from list switch help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from list" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from list" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from list" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from list" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from list" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from list" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from list" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from switch" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from switch" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from switch" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from switch" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from switch" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from switch" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from switch" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from switch" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from switch" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from switch" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from switch" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from switch" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from switch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from switch" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from help" -f -a "list" -d 'List your accounts'
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from help" -f -a "switch" -d 'Choose the account to work in'
complete -c docket -n "__fish_docket_using_subcommand accounts; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c docket -n "__fish_docket_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -f -a "create" -d 'Make a token for a CI job'
complete -c docket -n "__fish_docket_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -f -a "list" -d 'List your tokens for CI jobs'
complete -c docket -n "__fish_docket_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -f -a "revoke" -d 'Take a token out of use, at once'
complete -c docket -n "__fish_docket_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from create" -l name -d 'Name to tell it from your others, 1 to 64 characters' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from create" -l expires -d 'How long it works: 1 minute to 365 days' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from create" -l scope -d 'What it is good for: seeing alone, or whatever you may do' -r -f -a "read\t''
write\t''"
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from create" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from create" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from create" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from create" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from create" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from create" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from create" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from create" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from create" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from list" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from list" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from list" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from list" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from list" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from list" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from list" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from revoke" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from revoke" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from revoke" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from revoke" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from revoke" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from revoke" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from revoke" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from revoke" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from revoke" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from revoke" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from revoke" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from help" -f -a "create" -d 'Make a token for a CI job'
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from help" -f -a "list" -d 'List your tokens for CI jobs'
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from help" -f -a "revoke" -d 'Take a token out of use, at once'
complete -c docket -n "__fish_docket_using_subcommand tokens; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c docket -n "__fish_docket_using_subcommand products" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand products" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand products" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand products" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand products" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand products" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand products" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand products" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand products" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand products" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand products" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand products" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand products" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand products" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand categories" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand categories" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand categories" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand categories" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand categories" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand categories" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand categories" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand categories" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand categories" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand categories" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand categories" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand categories" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand categories" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand categories" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand form" -l category -d 'Category id' -r
complete -c docket -n "__fish_docket_using_subcommand form" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand form" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand form" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand form" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand form" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand form" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand form" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand form" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand form" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand form" -l schema -d 'Print the whole form as JSON Schema 2020-12'
complete -c docket -n "__fish_docket_using_subcommand form" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand form" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand form" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand form" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand form" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand resources; and not __fish_seen_subcommand_from show help" -l product -d 'Product id' -r
complete -c docket -n "__fish_docket_using_subcommand resources; and not __fish_seen_subcommand_from show help" -l category -d 'Category id' -r
complete -c docket -n "__fish_docket_using_subcommand resources; and not __fish_seen_subcommand_from show help" -l subcategory -d 'Sub-category id' -r
complete -c docket -n "__fish_docket_using_subcommand resources; and not __fish_seen_subcommand_from show help" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand resources; and not __fish_seen_subcommand_from show help" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand resources; and not __fish_seen_subcommand_from show help" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand resources; and not __fish_seen_subcommand_from show help" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand resources; and not __fish_seen_subcommand_from show help" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand resources; and not __fish_seen_subcommand_from show help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand resources; and not __fish_seen_subcommand_from show help" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand resources; and not __fish_seen_subcommand_from show help" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand resources; and not __fish_seen_subcommand_from show help" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand resources; and not __fish_seen_subcommand_from show help" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand resources; and not __fish_seen_subcommand_from show help" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand resources; and not __fish_seen_subcommand_from show help" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand resources; and not __fish_seen_subcommand_from show help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand resources; and not __fish_seen_subcommand_from show help" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand resources; and not __fish_seen_subcommand_from show help" -a "show" -d 'Read an article'
complete -c docket -n "__fish_docket_using_subcommand resources; and not __fish_seen_subcommand_from show help" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c docket -n "__fish_docket_using_subcommand resources; and __fish_seen_subcommand_from show" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand resources; and __fish_seen_subcommand_from show" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand resources; and __fish_seen_subcommand_from show" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand resources; and __fish_seen_subcommand_from show" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand resources; and __fish_seen_subcommand_from show" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand resources; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand resources; and __fish_seen_subcommand_from show" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand resources; and __fish_seen_subcommand_from show" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand resources; and __fish_seen_subcommand_from show" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand resources; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand resources; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand resources; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand resources; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand resources; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand resources; and __fish_seen_subcommand_from help" -f -a "show" -d 'Read an article'
complete -c docket -n "__fish_docket_using_subcommand resources; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c docket -n "__fish_docket_using_subcommand case; and not __fish_seen_subcommand_from new list show comment attach download watch call close import help" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand case; and not __fish_seen_subcommand_from new list show comment attach download watch call close import help" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand case; and not __fish_seen_subcommand_from new list show comment attach download watch call close import help" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand case; and not __fish_seen_subcommand_from new list show comment attach download watch call close import help" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand case; and not __fish_seen_subcommand_from new list show comment attach download watch call close import help" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand case; and not __fish_seen_subcommand_from new list show comment attach download watch call close import help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand case; and not __fish_seen_subcommand_from new list show comment attach download watch call close import help" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand case; and not __fish_seen_subcommand_from new list show comment attach download watch call close import help" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand case; and not __fish_seen_subcommand_from new list show comment attach download watch call close import help" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand case; and not __fish_seen_subcommand_from new list show comment attach download watch call close import help" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand case; and not __fish_seen_subcommand_from new list show comment attach download watch call close import help" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand case; and not __fish_seen_subcommand_from new list show comment attach download watch call close import help" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand case; and not __fish_seen_subcommand_from new list show comment attach download watch call close import help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand case; and not __fish_seen_subcommand_from new list show comment attach download watch call close import help" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand case; and not __fish_seen_subcommand_from new list show comment attach download watch call close import help" -f -a "new" -d 'Open a case'
complete -c docket -n "__fish_docket_using_subcommand case; and not __fish_seen_subcommand_from new list show comment attach download watch call close import help" -f -a "list" -d 'List cases'
complete -c docket -n "__fish_docket_using_subcommand case; and not __fish_seen_subcommand_from new list show comment attach download watch call close import help" -f -a "show" -d 'Show a case'
complete -c docket -n "__fish_docket_using_subcommand case; and not __fish_seen_subcommand_from new list show comment attach download watch call close import help" -f -a "comment" -d 'Add a comment to a case'
complete -c docket -n "__fish_docket_using_subcommand case; and not __fish_seen_subcommand_from new list show comment attach download watch call close import help" -f -a "attach" -d 'Attach files to a case'
complete -c docket -n "__fish_docket_using_subcommand case; and not __fish_seen_subcommand_from new list show comment attach download watch call close import help" -f -a "download" -d 'Fetch the files on a case'
complete -c docket -n "__fish_docket_using_subcommand case; and not __fish_seen_subcommand_from new list show comment attach download watch call close import help" -f -a "watch" -d 'Add, remove and list those who watch a case'
complete -c docket -n "__fish_docket_using_subcommand case; and not __fish_seen_subcommand_from new list show comment attach download watch call close import help" -f -a "call" -d 'Ask support to call you about a case'
complete -c docket -n "__fish_docket_using_subcommand case; and not __fish_seen_subcommand_from new list show comment attach download watch call close import help" -f -a "close" -d 'Close a case for good'
complete -c docket -n "__fish_docket_using_subcommand case; and not __fish_seen_subcommand_from new list show comment attach download watch call close import help" -f -a "import" -d 'Open many cases from a file'
complete -c docket -n "__fish_docket_using_subcommand case; and not __fish_seen_subcommand_from new list show comment attach download watch call close import help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l product -d 'Product id' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l category -d 'Category id' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l subcategory -d 'Sub-category id' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -s s -l subject -d 'One line that says what is wrong' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -s d -l description -d 'What happened' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -s F -l description-file -d 'File with the description; `-` for standard input' -r -F
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l occurred-at -d 'When it was first seen: `2026-11-20 09:30`, `yesterday 14:00`, `2h ago`, RFC 3339' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l envelope-id -d 'Envelope ID, 36 characters' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l user-impact -d 'How many users are affected' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l environment -d 'Where it happens: demo or production' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l business-impact -d 'How much it keeps the business from working' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l contact-method -d 'How support should reach you' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l phone -d 'Number to be called at, with country code' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l language -d 'Language of the support' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l occurred-before -d 'Whether it happened before' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l product-version -d 'The product\'s version' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l browser -d 'Browser and version' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l steps -d 'What was done, step by step' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l attach -d 'File to attach; may be repeated: the first goes with the new case, the rest right after it' -r -F
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l watch -d 'E-mail address that watches the case; may be repeated' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l follows -d 'Closed case that this one goes on from' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l from -d 'File with the answers, in TOML, YAML or JSON; `-` for standard input; flags win over it' -r -F
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l resume -d 'Go on with an interrupted draft' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l idempotency-key -d 'Key that makes a repetition of this command find the case instead of opening another' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l dedupe-key -d 'Key of an alert: a case of this account that has it and isn\'t closed is found instead of opening another' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l on-duplicate -d 'What to do when there is such a case: add what is new as a comment, do nothing, or fail' -r -f -a "comment\t''
skip\t''
fail\t''"
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -s e -l editor -d 'Write the description in an editor'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l generate-skeleton -d 'Print a file to fill in and exit'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l dry-run -d 'Print the request that would be sent, and send nothing that writes'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l no-suggest -d 'Don\'t suggest articles'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from new" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from list" -l status -d 'Only cases with this status; may be repeated' -r -f -a "open\t''
my_action_required\t''
pending\t''
closed\t''"
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from list" -l product -d 'Only cases about this product' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from list" -s S -l search -d 'Only cases that have all these words, the newest first' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from list" -l since -d 'Only cases opened since then' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from list" -l until -d 'Only cases opened before then' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from list" -s L -l limit -d 'How many at most' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from list" -l sort -d 'Order: updated, created or number, the latest first' -r -f -a "updated\t''
created\t''
number\t''"
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from list" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from list" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from list" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from list" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from list" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from list" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from list" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from list" -l watching -d 'Only cases that you watch, in whatever account'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from list" -l mine -d 'Only cases that you opened'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from list" -l all-accounts -d 'Cases in all your accounts'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from list" -l all -d 'All of them'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from show" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from show" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from show" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from show" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from show" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from show" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from show" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from show" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from show" -s c -l comments -d 'Show what was said'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from show" -l history -d 'Show what has happened'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from show" -s w -l web -d 'Open the case\'s page in a browser'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from comment" -s m -l message -d 'The text' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from comment" -s F -l message-file -d 'A file with the text; `-` for standard input' -r -F
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from comment" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from comment" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from comment" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from comment" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from comment" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from comment" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from comment" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from comment" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from comment" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from comment" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from comment" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from comment" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from comment" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from comment" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from attach" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from attach" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from attach" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from attach" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from attach" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from attach" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from attach" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from attach" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from attach" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from attach" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from attach" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from attach" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from attach" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from attach" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from download" -l dir -d 'Folder to put them in' -r -F
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from download" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from download" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from download" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from download" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from download" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from download" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from download" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from download" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from download" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from download" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from download" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from download" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from download" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from download" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from watch" -l remove -d 'E-mail address that stops watching; may be repeated' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from watch" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from watch" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from watch" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from watch" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from watch" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from watch" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from watch" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from watch" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from watch" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from watch" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from watch" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from watch" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from watch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from watch" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from call" -l phone -d 'Number to call, with country code; the case\'s own where left out' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from call" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from call" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from call" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from call" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from call" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from call" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from call" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from call" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from call" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from call" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from call" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from call" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from call" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from call" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from close" -s r -l reason -d 'Why it is closed' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from close" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from close" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from close" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from close" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from close" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from close" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from close" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from close" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from close" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from close" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from close" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from close" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from close" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from close" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from import" -l format -d 'What the file is, where neither its name nor its beginning tells' -r -f -a "ndjson\t''
csv\t''"
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from import" -l jobs -d 'How many cases to send at the same time' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from import" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from import" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from import" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from import" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from import" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from import" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from import" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from import" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from import" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from import" -l partial -d 'File the valid ones even if others aren\'t'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from import" -l dry-run -d 'Check all of it and send nothing'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from import" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from import" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from help" -f -a "new" -d 'Open a case'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from help" -f -a "list" -d 'List cases'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a case'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from help" -f -a "comment" -d 'Add a comment to a case'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from help" -f -a "attach" -d 'Attach files to a case'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from help" -f -a "download" -d 'Fetch the files on a case'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from help" -f -a "watch" -d 'Add, remove and list those who watch a case'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from help" -f -a "call" -d 'Ask support to call you about a case'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from help" -f -a "close" -d 'Close a case for good'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from help" -f -a "import" -d 'Open many cases from a file'
complete -c docket -n "__fish_docket_using_subcommand case; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c docket -n "__fish_docket_using_subcommand outbox; and not __fish_seen_subcommand_from list send drop help" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and not __fish_seen_subcommand_from list send drop help" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and not __fish_seen_subcommand_from list send drop help" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and not __fish_seen_subcommand_from list send drop help" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and not __fish_seen_subcommand_from list send drop help" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and not __fish_seen_subcommand_from list send drop help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand outbox; and not __fish_seen_subcommand_from list send drop help" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and not __fish_seen_subcommand_from list send drop help" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and not __fish_seen_subcommand_from list send drop help" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand outbox; and not __fish_seen_subcommand_from list send drop help" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand outbox; and not __fish_seen_subcommand_from list send drop help" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand outbox; and not __fish_seen_subcommand_from list send drop help" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand outbox; and not __fish_seen_subcommand_from list send drop help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand outbox; and not __fish_seen_subcommand_from list send drop help" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand outbox; and not __fish_seen_subcommand_from list send drop help" -f -a "list" -d 'List what could not be sent yet'
complete -c docket -n "__fish_docket_using_subcommand outbox; and not __fish_seen_subcommand_from list send drop help" -f -a "send" -d 'Send what could not be sent yet'
complete -c docket -n "__fish_docket_using_subcommand outbox; and not __fish_seen_subcommand_from list send drop help" -f -a "drop" -d 'Forget something without sending it'
complete -c docket -n "__fish_docket_using_subcommand outbox; and not __fish_seen_subcommand_from list send drop help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from list" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from list" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from list" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from list" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from list" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from list" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from list" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from send" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from send" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from send" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from send" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from send" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from send" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from send" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from send" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from send" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from send" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from send" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from send" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from send" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from send" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from drop" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from drop" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from drop" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from drop" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from drop" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from drop" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from drop" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from drop" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from drop" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from drop" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from drop" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from drop" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from drop" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from drop" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from help" -f -a "list" -d 'List what could not be sent yet'
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from help" -f -a "send" -d 'Send what could not be sent yet'
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from help" -f -a "drop" -d 'Forget something without sending it'
complete -c docket -n "__fish_docket_using_subcommand outbox; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c docket -n "__fish_docket_using_subcommand expert; and not __fish_seen_subcommand_from queue show reply note help" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and not __fish_seen_subcommand_from queue show reply note help" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and not __fish_seen_subcommand_from queue show reply note help" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and not __fish_seen_subcommand_from queue show reply note help" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and not __fish_seen_subcommand_from queue show reply note help" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and not __fish_seen_subcommand_from queue show reply note help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand expert; and not __fish_seen_subcommand_from queue show reply note help" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and not __fish_seen_subcommand_from queue show reply note help" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and not __fish_seen_subcommand_from queue show reply note help" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand expert; and not __fish_seen_subcommand_from queue show reply note help" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand expert; and not __fish_seen_subcommand_from queue show reply note help" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand expert; and not __fish_seen_subcommand_from queue show reply note help" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand expert; and not __fish_seen_subcommand_from queue show reply note help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand expert; and not __fish_seen_subcommand_from queue show reply note help" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand expert; and not __fish_seen_subcommand_from queue show reply note help" -f -a "queue" -d 'List the cases that wait for support'
complete -c docket -n "__fish_docket_using_subcommand expert; and not __fish_seen_subcommand_from queue show reply note help" -f -a "show" -d 'Show a case with the notes among experts'
complete -c docket -n "__fish_docket_using_subcommand expert; and not __fish_seen_subcommand_from queue show reply note help" -f -a "reply" -d 'Answer a case'
complete -c docket -n "__fish_docket_using_subcommand expert; and not __fish_seen_subcommand_from queue show reply note help" -f -a "note" -d 'Note something that only experts see'
complete -c docket -n "__fish_docket_using_subcommand expert; and not __fish_seen_subcommand_from queue show reply note help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from queue" -l product -d 'Only cases about this product' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from queue" -s L -l limit -d 'How many at most' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from queue" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from queue" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from queue" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from queue" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from queue" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from queue" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from queue" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from queue" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from queue" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from queue" -l all -d 'All of them'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from queue" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from queue" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from queue" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from queue" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from queue" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from show" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from show" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from show" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from show" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from show" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from show" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from show" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from show" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from reply" -s m -l message -d 'The text' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from reply" -s F -l message-file -d 'A file with the text; `-` for standard input' -r -F
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from reply" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from reply" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from reply" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from reply" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from reply" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from reply" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from reply" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from reply" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from reply" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from reply" -l needs-info -d 'The customer has to say more'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from reply" -l resolved -d 'It is believed to be solved'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from reply" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from reply" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from reply" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from reply" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from reply" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from note" -s m -l message -d 'The text' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from note" -s F -l message-file -d 'A file with the text; `-` for standard input' -r -F
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from note" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from note" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from note" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from note" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from note" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from note" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from note" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from note" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from note" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from note" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from note" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from note" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from note" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from note" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from help" -f -a "queue" -d 'List the cases that wait for support'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a case with the notes among experts'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from help" -f -a "reply" -d 'Answer a case'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from help" -f -a "note" -d 'Note something that only experts see'
complete -c docket -n "__fish_docket_using_subcommand expert; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c docket -n "__fish_docket_using_subcommand portal; and not __fish_seen_subcommand_from serve import user account check help" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and not __fish_seen_subcommand_from serve import user account check help" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and not __fish_seen_subcommand_from serve import user account check help" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and not __fish_seen_subcommand_from serve import user account check help" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and not __fish_seen_subcommand_from serve import user account check help" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and not __fish_seen_subcommand_from serve import user account check help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand portal; and not __fish_seen_subcommand_from serve import user account check help" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and not __fish_seen_subcommand_from serve import user account check help" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and not __fish_seen_subcommand_from serve import user account check help" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand portal; and not __fish_seen_subcommand_from serve import user account check help" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand portal; and not __fish_seen_subcommand_from serve import user account check help" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand portal; and not __fish_seen_subcommand_from serve import user account check help" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand portal; and not __fish_seen_subcommand_from serve import user account check help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand portal; and not __fish_seen_subcommand_from serve import user account check help" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand portal; and not __fish_seen_subcommand_from serve import user account check help" -f -a "serve" -d 'Serve a portal until it is told to stop'
complete -c docket -n "__fish_docket_using_subcommand portal; and not __fish_seen_subcommand_from serve import user account check help" -f -a "import" -d 'Load users and accounts from a file'
complete -c docket -n "__fish_docket_using_subcommand portal; and not __fish_seen_subcommand_from serve import user account check help" -f -a "user" -d 'Manage a portal\'s users'
complete -c docket -n "__fish_docket_using_subcommand portal; and not __fish_seen_subcommand_from serve import user account check help" -f -a "account" -d 'Manage a portal\'s accounts'
complete -c docket -n "__fish_docket_using_subcommand portal; and not __fish_seen_subcommand_from serve import user account check help" -f -a "check" -d 'Check that a portal\'s database and files agree'
complete -c docket -n "__fish_docket_using_subcommand portal; and not __fish_seen_subcommand_from serve import user account check help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from serve" -l data -d 'Folder with the portal\'s database and files' -r -F
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from serve" -l listen -d 'Address and port to listen on' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from serve" -l base-url -d 'Where people reach the portal, as mails and cases name it' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from serve" -l pending-closes-after -d 'How long a case stays Pending before it closes by itself' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from serve" -l max-attachment -d 'How large an attachment may be, like `25MB`' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from serve" -l tls-cert -d 'Certificate chain to serve HTTPS with, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from serve" -l tls-key -d 'Private key of the certificate, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from serve" -l catalogue -d 'Folder with a catalogue to use in place of the built-in one' -r -F
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from serve" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from serve" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from serve" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from serve" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from serve" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from serve" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from serve" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from serve" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from serve" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from serve" -l sample -d 'Load the sample accounts and users; then it listens on loopback only'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from serve" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from serve" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from serve" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from serve" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from import" -l data -d 'Folder with the portal\'s database and files' -r -F
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from import" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from import" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from import" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from import" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from import" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from import" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from import" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from import" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from import" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from import" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from import" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from user" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from user" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from user" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from user" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from user" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from user" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from user" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from user" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from user" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from user" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from user" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from user" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from user" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from user" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from user" -f -a "add" -d 'Add a user'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from user" -f -a "list" -d 'List the users'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from user" -f -a "disable" -d 'Keep a user from logging in, and take their tokens'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from user" -f -a "set-password" -d 'Give a user another password, and take their tokens'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from user" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from account" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from account" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from account" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from account" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from account" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from account" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from account" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from account" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from account" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from account" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from account" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from account" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from account" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from account" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from account" -f -a "add" -d 'Add an account'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from account" -f -a "list" -d 'List the accounts'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from account" -f -a "member" -d 'Say who is in an account'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from account" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from check" -l data -d 'Folder with the portal\'s database and files' -r -F
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from check" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from check" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from check" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from check" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from check" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from check" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from check" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from check" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from check" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from check" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from check" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from help" -f -a "serve" -d 'Serve a portal until it is told to stop'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from help" -f -a "import" -d 'Load users and accounts from a file'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from help" -f -a "user" -d 'Manage a portal\'s users'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from help" -f -a "account" -d 'Manage a portal\'s accounts'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check that a portal\'s database and files agree'
complete -c docket -n "__fish_docket_using_subcommand portal; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c docket -n "__fish_docket_using_subcommand completions" -l portal -d 'Portal to talk to: a URL, or `local` for the built-in one' -r
complete -c docket -n "__fish_docket_using_subcommand completions" -l account -d 'Account to work in, by its id' -r
complete -c docket -n "__fish_docket_using_subcommand completions" -l json -d 'Print JSON, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand completions" -l jq -d 'Print the results of a jq filter on the JSON' -r
complete -c docket -n "__fish_docket_using_subcommand completions" -l csv -d 'Print CSV, with just these fields if any are named' -r
complete -c docket -n "__fish_docket_using_subcommand completions" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c docket -n "__fish_docket_using_subcommand completions" -l lang -d 'Language to be answered in, like `de`' -r
complete -c docket -n "__fish_docket_using_subcommand completions" -l timeout -d 'How long to wait for an answer, like `30s` or `2m`' -r
complete -c docket -n "__fish_docket_using_subcommand completions" -l ca-bundle -d 'Further certificate authorities to trust, a PEM file' -r -F
complete -c docket -n "__fish_docket_using_subcommand completions" -l no-input -d 'Never ask; what is missing is an error'
complete -c docket -n "__fish_docket_using_subcommand completions" -s q -l quiet -d 'Print data and failures only'
complete -c docket -n "__fish_docket_using_subcommand completions" -s v -l verbose -d 'Say more, as where settings come from'
complete -c docket -n "__fish_docket_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c docket -n "__fish_docket_using_subcommand completions" -s V -l version -d 'Print version'
complete -c docket -n "__fish_docket_using_subcommand help; and not __fish_seen_subcommand_from login logout status accounts tokens products categories form resources case outbox expert portal completions help" -f -a "login" -d 'Log in at a portal'
complete -c docket -n "__fish_docket_using_subcommand help; and not __fish_seen_subcommand_from login logout status accounts tokens products categories form resources case outbox expert portal completions help" -f -a "logout" -d 'Log out of a portal'
complete -c docket -n "__fish_docket_using_subcommand help; and not __fish_seen_subcommand_from login logout status accounts tokens products categories form resources case outbox expert portal completions help" -f -a "status" -d 'Show who is logged in where'
complete -c docket -n "__fish_docket_using_subcommand help; and not __fish_seen_subcommand_from login logout status accounts tokens products categories form resources case outbox expert portal completions help" -f -a "accounts" -d 'List and switch accounts'
complete -c docket -n "__fish_docket_using_subcommand help; and not __fish_seen_subcommand_from login logout status accounts tokens products categories form resources case outbox expert portal completions help" -f -a "tokens" -d 'Make, list and revoke tokens for CI jobs'
complete -c docket -n "__fish_docket_using_subcommand help; and not __fish_seen_subcommand_from login logout status accounts tokens products categories form resources case outbox expert portal completions help" -f -a "products" -d 'List the products that can have cases'
complete -c docket -n "__fish_docket_using_subcommand help; and not __fish_seen_subcommand_from login logout status accounts tokens products categories form resources case outbox expert portal completions help" -f -a "categories" -d 'List the categories of a product'
complete -c docket -n "__fish_docket_using_subcommand help; and not __fish_seen_subcommand_from login logout status accounts tokens products categories form resources case outbox expert portal completions help" -f -a "form" -d 'Show what a case needs'
complete -c docket -n "__fish_docket_using_subcommand help; and not __fish_seen_subcommand_from login logout status accounts tokens products categories form resources case outbox expert portal completions help" -f -a "resources" -d 'Find self-service articles'
complete -c docket -n "__fish_docket_using_subcommand help; and not __fish_seen_subcommand_from login logout status accounts tokens products categories form resources case outbox expert portal completions help" -f -a "case" -d 'Open cases and work on them'
complete -c docket -n "__fish_docket_using_subcommand help; and not __fish_seen_subcommand_from login logout status accounts tokens products categories form resources case outbox expert portal completions help" -f -a "outbox" -d 'List and send what could not be sent yet'
complete -c docket -n "__fish_docket_using_subcommand help; and not __fish_seen_subcommand_from login logout status accounts tokens products categories form resources case outbox expert portal completions help" -f -a "expert" -d 'Answer cases, as an expert'
complete -c docket -n "__fish_docket_using_subcommand help; and not __fish_seen_subcommand_from login logout status accounts tokens products categories form resources case outbox expert portal completions help" -f -a "portal" -d 'Run a portal'
complete -c docket -n "__fish_docket_using_subcommand help; and not __fish_seen_subcommand_from login logout status accounts tokens products categories form resources case outbox expert portal completions help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c docket -n "__fish_docket_using_subcommand help; and not __fish_seen_subcommand_from login logout status accounts tokens products categories form resources case outbox expert portal completions help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from accounts" -f -a "list" -d 'List your accounts'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from accounts" -f -a "switch" -d 'Choose the account to work in'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from tokens" -f -a "create" -d 'Make a token for a CI job'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from tokens" -f -a "list" -d 'List your tokens for CI jobs'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from tokens" -f -a "revoke" -d 'Take a token out of use, at once'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from resources" -f -a "show" -d 'Read an article'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from case" -f -a "new" -d 'Open a case'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from case" -f -a "list" -d 'List cases'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from case" -f -a "show" -d 'Show a case'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from case" -f -a "comment" -d 'Add a comment to a case'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from case" -f -a "attach" -d 'Attach files to a case'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from case" -f -a "download" -d 'Fetch the files on a case'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from case" -f -a "watch" -d 'Add, remove and list those who watch a case'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from case" -f -a "call" -d 'Ask support to call you about a case'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from case" -f -a "close" -d 'Close a case for good'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from case" -f -a "import" -d 'Open many cases from a file'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from outbox" -f -a "list" -d 'List what could not be sent yet'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from outbox" -f -a "send" -d 'Send what could not be sent yet'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from outbox" -f -a "drop" -d 'Forget something without sending it'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from expert" -f -a "queue" -d 'List the cases that wait for support'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from expert" -f -a "show" -d 'Show a case with the notes among experts'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from expert" -f -a "reply" -d 'Answer a case'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from expert" -f -a "note" -d 'Note something that only experts see'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from portal" -f -a "serve" -d 'Serve a portal until it is told to stop'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from portal" -f -a "import" -d 'Load users and accounts from a file'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from portal" -f -a "user" -d 'Manage a portal\'s users'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from portal" -f -a "account" -d 'Manage a portal\'s accounts'
complete -c docket -n "__fish_docket_using_subcommand help; and __fish_seen_subcommand_from portal" -f -a "check" -d 'Check that a portal\'s database and files agree'
