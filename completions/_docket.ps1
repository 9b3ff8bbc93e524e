
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'docket' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'docket'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'docket' {
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Log in at a portal')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Log out of a portal')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show who is logged in where')
            [CompletionResult]::new('accounts', 'accounts', [CompletionResultType]::ParameterValue, 'List and switch accounts')
            [CompletionResult]::new('tokens', 'tokens', [CompletionResultType]::ParameterValue, 'Make, list and revoke tokens for CI jobs')
            [CompletionResult]::new('products', 'products', [CompletionResultType]::ParameterValue, 'List the products that can have cases')
            [CompletionResult]::new('categories', 'categories', [CompletionResultType]::ParameterValue, 'List the categories of a product')
            [CompletionResult]::new('form', 'form', [CompletionResultType]::ParameterValue, 'Show what a case needs')
            [CompletionResult]::new('resources', 'resources', [CompletionResultType]::ParameterValue, 'Find self-service articles')
            [CompletionResult]::new('case', 'case', [CompletionResultType]::ParameterValue, 'Open cases and work on them')
            [CompletionResult]::new('outbox', 'outbox', [CompletionResultType]::ParameterValue, 'List and send what could not be sent yet')
            [CompletionResult]::new('expert', 'expert', [CompletionResultType]::ParameterValue, 'Answer cases, as an expert')
            [CompletionResult]::new('portal', 'portal', [CompletionResultType]::ParameterValue, 'Run a portal')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'docket;login' {
            [CompletionResult]::new('--email', '--email', [CompletionResultType]::ParameterName, 'E-mail address')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from standard input')
            [CompletionResult]::new('--with-token', '--with-token', [CompletionResultType]::ParameterName, 'Read a token from standard input')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;logout' {
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;status' {
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;accounts' {
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List your accounts')
            [CompletionResult]::new('switch', 'switch', [CompletionResultType]::ParameterValue, 'Choose the account to work in')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'docket;accounts;list' {
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;accounts;switch' {
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;accounts;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List your accounts')
            [CompletionResult]::new('switch', 'switch', [CompletionResultType]::ParameterValue, 'Choose the account to work in')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'docket;accounts;help;list' {
            break
        }
        'docket;accounts;help;switch' {
            break
        }
        'docket;accounts;help;help' {
            break
        }
        'docket;tokens' {
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a token for a CI job')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List your tokens for CI jobs')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Take a token out of use, at once')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'docket;tokens;create' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Name to tell it from your others, 1 to 64 characters')
            [CompletionResult]::new('--expires', '--expires', [CompletionResultType]::ParameterName, 'How long it works: 1 minute to 365 days')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'What it is good for: seeing alone, or whatever you may do')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;tokens;list' {
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;tokens;revoke' {
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;tokens;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a token for a CI job')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List your tokens for CI jobs')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Take a token out of use, at once')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'docket;tokens;help;create' {
            break
        }
        'docket;tokens;help;list' {
            break
        }
        'docket;tokens;help;revoke' {
            break
        }
        'docket;tokens;help;help' {
            break
        }
        'docket;products' {
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;categories' {
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;form' {
            [CompletionResult]::new('--category', '--category', [CompletionResultType]::ParameterName, 'Category id')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--schema', '--schema', [CompletionResultType]::ParameterName, 'Print the whole form as JSON Schema 2020-12')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;resources' {
            [CompletionResult]::new('--product', '--product', [CompletionResultType]::ParameterName, 'Product id')
            [CompletionResult]::new('--category', '--category', [CompletionResultType]::ParameterName, 'Category id')
            [CompletionResult]::new('--subcategory', '--subcategory', [CompletionResultType]::ParameterName, 'Sub-category id')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Read an article')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'docket;resources;show' {
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;resources;help' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Read an article')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'docket;resources;help;show' {
            break
        }
        'docket;resources;help;help' {
            break
        }
        'docket;case' {
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('new', 'new', [CompletionResultType]::ParameterValue, 'Open a case')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List cases')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a case')
            [CompletionResult]::new('comment', 'comment', [CompletionResultType]::ParameterValue, 'Add a comment to a case')
            [CompletionResult]::new('attach', 'attach', [CompletionResultType]::ParameterValue, 'Attach files to a case')
            [CompletionResult]::new('download', 'download', [CompletionResultType]::ParameterValue, 'Fetch the files on a case')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Add, remove and list those who watch a case')
            [CompletionResult]::new('call', 'call', [CompletionResultType]::ParameterValue, 'Ask support to call you about a case')
            [CompletionResult]::new('close', 'close', [CompletionResultType]::ParameterValue, 'Close a case for good')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Open many cases from a file')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'docket;case;new' {
            [CompletionResult]::new('--product', '--product', [CompletionResultType]::ParameterName, 'Product id')
            [CompletionResult]::new('--category', '--category', [CompletionResultType]::ParameterName, 'Category id')
            [CompletionResult]::new('--subcategory', '--subcategory', [CompletionResultType]::ParameterName, 'Sub-category id')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'One line that says what is wrong')
            [CompletionResult]::new('--subject', '--subject', [CompletionResultType]::ParameterName, 'One line that says what is wrong')
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'What happened')
            [CompletionResult]::new('--description', '--description', [CompletionResultType]::ParameterName, 'What happened')
            [CompletionResult]::new('-F', '-F ', [CompletionResultType]::ParameterName, 'File with the description; `-` for standard input')
            [CompletionResult]::new('--description-file', '--description-file', [CompletionResultType]::ParameterName, 'File with the description; `-` for standard input')
            [CompletionResult]::new('--occurred-at', '--occurred-at', [CompletionResultType]::ParameterName, 'When it was first seen: `2026-11-20 09:30`, `yesterday 14:00`, `2h ago`, RFC 3339')
            [CompletionResult]::new('--envelope-id', '--envelope-id', [CompletionResultType]::ParameterName, 'Envelope ID, 36 characters')
            [CompletionResult]::new('--user-impact', '--user-impact', [CompletionResultType]::ParameterName, 'How many users are affected')
            [CompletionResult]::new('--environment', '--environment', [CompletionResultType]::ParameterName, 'Where it happens: demo or production')
            [CompletionResult]::new('--business-impact', '--business-impact', [CompletionResultType]::ParameterName, 'How much it keeps the business from working')
            [CompletionResult]::new('--contact-method', '--contact-method', [CompletionResultType]::ParameterName, 'How support should reach you')
            [CompletionResult]::new('--phone', '--phone', [CompletionResultType]::ParameterName, 'Number to be called at, with country code')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'Language of the support')
            [CompletionResult]::new('--occurred-before', '--occurred-before', [CompletionResultType]::ParameterName, 'Whether it happened before')
            [CompletionResult]::new('--product-version', '--product-version', [CompletionResultType]::ParameterName, 'The product''s version')
            [CompletionResult]::new('--browser', '--browser', [CompletionResultType]::ParameterName, 'Browser and version')
            [CompletionResult]::new('--steps', '--steps', [CompletionResultType]::ParameterName, 'What was done, step by step')
            [CompletionResult]::new('--attach', '--attach', [CompletionResultType]::ParameterName, 'File to attach; may be repeated: the first goes with the new case, the rest right after it')
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'E-mail address that watches the case; may be repeated')
            [CompletionResult]::new('--follows', '--follows', [CompletionResultType]::ParameterName, 'Closed case that this one goes on from')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'File with the answers, in TOML, YAML or JSON; `-` for standard input; flags win over it')
            [CompletionResult]::new('--resume', '--resume', [CompletionResultType]::ParameterName, 'Go on with an interrupted draft')
            [CompletionResult]::new('--idempotency-key', '--idempotency-key', [CompletionResultType]::ParameterName, 'Key that makes a repetition of this command find the case instead of opening another')
            [CompletionResult]::new('--dedupe-key', '--dedupe-key', [CompletionResultType]::ParameterName, 'Key of an alert: a case of this account that has it and isn''t closed is found instead of opening another')
            [CompletionResult]::new('--on-duplicate', '--on-duplicate', [CompletionResultType]::ParameterName, 'What to do when there is such a case: add what is new as a comment, do nothing, or fail')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Write the description in an editor')
            [CompletionResult]::new('--editor', '--editor', [CompletionResultType]::ParameterName, 'Write the description in an editor')
            [CompletionResult]::new('--generate-skeleton', '--generate-skeleton', [CompletionResultType]::ParameterName, 'Print a file to fill in and exit')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Print the request that would be sent, and send nothing that writes')
            [CompletionResult]::new('--no-suggest', '--no-suggest', [CompletionResultType]::ParameterName, 'Don''t suggest articles')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;case;list' {
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Only cases with this status; may be repeated')
            [CompletionResult]::new('--product', '--product', [CompletionResultType]::ParameterName, 'Only cases about this product')
            [CompletionResult]::new('-S', '-S ', [CompletionResultType]::ParameterName, 'Only cases that have all these words, the newest first')
            [CompletionResult]::new('--search', '--search', [CompletionResultType]::ParameterName, 'Only cases that have all these words, the newest first')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only cases opened since then')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Only cases opened before then')
            [CompletionResult]::new('-L', '-L ', [CompletionResultType]::ParameterName, 'How many at most')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'How many at most')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Order: updated, created or number, the latest first')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--watching', '--watching', [CompletionResultType]::ParameterName, 'Only cases that you watch, in whatever account')
            [CompletionResult]::new('--mine', '--mine', [CompletionResultType]::ParameterName, 'Only cases that you opened')
            [CompletionResult]::new('--all-accounts', '--all-accounts', [CompletionResultType]::ParameterName, 'Cases in all your accounts')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'All of them')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;case;show' {
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Show what was said')
            [CompletionResult]::new('--comments', '--comments', [CompletionResultType]::ParameterName, 'Show what was said')
            [CompletionResult]::new('--history', '--history', [CompletionResultType]::ParameterName, 'Show what has happened')
            [CompletionResult]::new('-w', '-w', [CompletionResultType]::ParameterName, 'Open the case''s page in a browser')
            [CompletionResult]::new('--web', '--web', [CompletionResultType]::ParameterName, 'Open the case''s page in a browser')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;case;comment' {
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The text')
            [CompletionResult]::new('--message', '--message', [CompletionResultType]::ParameterName, 'The text')
            [CompletionResult]::new('-F', '-F ', [CompletionResultType]::ParameterName, 'A file with the text; `-` for standard input')
            [CompletionResult]::new('--message-file', '--message-file', [CompletionResultType]::ParameterName, 'A file with the text; `-` for standard input')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;case;attach' {
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;case;download' {
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'Folder to put them in')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;case;watch' {
            [CompletionResult]::new('--remove', '--remove', [CompletionResultType]::ParameterName, 'E-mail address that stops watching; may be repeated')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;case;call' {
            [CompletionResult]::new('--phone', '--phone', [CompletionResultType]::ParameterName, 'Number to call, with country code; the case''s own where left out')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;case;close' {
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'Why it is closed')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why it is closed')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;case;import' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'What the file is, where neither its name nor its beginning tells')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'How many cases to send at the same time')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--partial', '--partial', [CompletionResultType]::ParameterName, 'File the valid ones even if others aren''t')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Check all of it and send nothing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;case;help' {
            [CompletionResult]::new('new', 'new', [CompletionResultType]::ParameterValue, 'Open a case')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List cases')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a case')
            [CompletionResult]::new('comment', 'comment', [CompletionResultType]::ParameterValue, 'Add a comment to a case')
            [CompletionResult]::new('attach', 'attach', [CompletionResultType]::ParameterValue, 'Attach files to a case')
            [CompletionResult]::new('download', 'download', [CompletionResultType]::ParameterValue, 'Fetch the files on a case')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Add, remove and list those who watch a case')
            [CompletionResult]::new('call', 'call', [CompletionResultType]::ParameterValue, 'Ask support to call you about a case')
            [CompletionResult]::new('close', 'close', [CompletionResultType]::ParameterValue, 'Close a case for good')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Open many cases from a file')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'docket;case;help;new' {
            break
        }
        'docket;case;help;list' {
            break
        }
        'docket;case;help;show' {
            break
        }
        'docket;case;help;comment' {
            break
        }
        'docket;case;help;attach' {
            break
        }
        'docket;case;help;download' {
            break
        }
        'docket;case;help;watch' {
            break
        }
        'docket;case;help;call' {
            break
        }
        'docket;case;help;close' {
            break
        }
        'docket;case;help;import' {
            break
        }
        'docket;case;help;help' {
            break
        }
        'docket;outbox' {
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List what could not be sent yet')
            [CompletionResult]::new('send', 'send', [CompletionResultType]::ParameterValue, 'Send what could not be sent yet')
            [CompletionResult]::new('drop', 'drop', [CompletionResultType]::ParameterValue, 'Forget something without sending it')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'docket;outbox;list' {
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;outbox;send' {
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;outbox;drop' {
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;outbox;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List what could not be sent yet')
            [CompletionResult]::new('send', 'send', [CompletionResultType]::ParameterValue, 'Send what could not be sent yet')
            [CompletionResult]::new('drop', 'drop', [CompletionResultType]::ParameterValue, 'Forget something without sending it')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'docket;outbox;help;list' {
            break
        }
        'docket;outbox;help;send' {
            break
        }
        'docket;outbox;help;drop' {
            break
        }
        'docket;outbox;help;help' {
            break
        }
        'docket;expert' {
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('queue', 'queue', [CompletionResultType]::ParameterValue, 'List the cases that wait for support')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a case with the notes among experts')
            [CompletionResult]::new('reply', 'reply', [CompletionResultType]::ParameterValue, 'Answer a case')
            [CompletionResult]::new('note', 'note', [CompletionResultType]::ParameterValue, 'Note something that only experts see')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'docket;expert;queue' {
            [CompletionResult]::new('--product', '--product', [CompletionResultType]::ParameterName, 'Only cases about this product')
            [CompletionResult]::new('-L', '-L ', [CompletionResultType]::ParameterName, 'How many at most')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'How many at most')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'All of them')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;expert;show' {
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;expert;reply' {
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The text')
            [CompletionResult]::new('--message', '--message', [CompletionResultType]::ParameterName, 'The text')
            [CompletionResult]::new('-F', '-F ', [CompletionResultType]::ParameterName, 'A file with the text; `-` for standard input')
            [CompletionResult]::new('--message-file', '--message-file', [CompletionResultType]::ParameterName, 'A file with the text; `-` for standard input')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--needs-info', '--needs-info', [CompletionResultType]::ParameterName, 'The customer has to say more')
            [CompletionResult]::new('--resolved', '--resolved', [CompletionResultType]::ParameterName, 'It is believed to be solved')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;expert;note' {
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The text')
            [CompletionResult]::new('--message', '--message', [CompletionResultType]::ParameterName, 'The text')
            [CompletionResult]::new('-F', '-F ', [CompletionResultType]::ParameterName, 'A file with the text; `-` for standard input')
            [CompletionResult]::new('--message-file', '--message-file', [CompletionResultType]::ParameterName, 'A file with the text; `-` for standard input')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;expert;help' {
            [CompletionResult]::new('queue', 'queue', [CompletionResultType]::ParameterValue, 'List the cases that wait for support')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a case with the notes among experts')
            [CompletionResult]::new('reply', 'reply', [CompletionResultType]::ParameterValue, 'Answer a case')
            [CompletionResult]::new('note', 'note', [CompletionResultType]::ParameterValue, 'Note something that only experts see')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'docket;expert;help;queue' {
            break
        }
        'docket;expert;help;show' {
            break
        }
        'docket;expert;help;reply' {
            break
        }
        'docket;expert;help;note' {
            break
        }
        'docket;expert;help;help' {
            break
        }
        'docket;portal' {
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Serve a portal until it is told to stop')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Load users and accounts from a file')
            [CompletionResult]::new('user', 'user', [CompletionResultType]::ParameterValue, 'Manage a portal''s users')
            [CompletionResult]::new('account', 'account', [CompletionResultType]::ParameterValue, 'Manage a portal''s accounts')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check that a portal''s database and files agree')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'docket;portal;serve' {
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'Folder with the portal''s database and files')
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Address and port to listen on')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'Where people reach the portal, as mails and cases name it')
            [CompletionResult]::new('--pending-closes-after', '--pending-closes-after', [CompletionResultType]::ParameterName, 'How long a case stays Pending before it closes by itself')
            [CompletionResult]::new('--max-attachment', '--max-attachment', [CompletionResultType]::ParameterName, 'How large an attachment may be, like `25MB`')
            [CompletionResult]::new('--tls-cert', '--tls-cert', [CompletionResultType]::ParameterName, 'Certificate chain to serve HTTPS with, a PEM file')
            [CompletionResult]::new('--tls-key', '--tls-key', [CompletionResultType]::ParameterName, 'Private key of the certificate, a PEM file')
            [CompletionResult]::new('--catalogue', '--catalogue', [CompletionResultType]::ParameterName, 'Folder with a catalogue to use in place of the built-in one')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--sample', '--sample', [CompletionResultType]::ParameterName, 'Load the sample accounts and users; then it listens on loopback only')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;portal;import' {
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'Folder with the portal''s database and files')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;portal;user' {
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a user')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the users')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Keep a user from logging in, and take their tokens')
            [CompletionResult]::new('set-password', 'set-password', [CompletionResultType]::ParameterValue, 'Give a user another password, and take their tokens')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'docket;portal;user;add' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Name for people')
            [CompletionResult]::new('--member', '--member', [CompletionResultType]::ParameterName, 'Account that the user is in; may be repeated')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'Language of the user, like `de`')
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'Folder with the portal''s database and files')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--expert', '--expert', [CompletionResultType]::ParameterName, 'The user is an expert and answers cases')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from standard input')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;portal;user;list' {
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'Folder with the portal''s database and files')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;portal;user;disable' {
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'Folder with the portal''s database and files')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--undo', '--undo', [CompletionResultType]::ParameterName, 'Let the user log in again')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;portal;user;set-password' {
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'Folder with the portal''s database and files')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from standard input')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;portal;user;help' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a user')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the users')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Keep a user from logging in, and take their tokens')
            [CompletionResult]::new('set-password', 'set-password', [CompletionResultType]::ParameterValue, 'Give a user another password, and take their tokens')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'docket;portal;user;help;add' {
            break
        }
        'docket;portal;user;help;list' {
            break
        }
        'docket;portal;user;help;disable' {
            break
        }
        'docket;portal;user;help;set-password' {
            break
        }
        'docket;portal;user;help;help' {
            break
        }
        'docket;portal;account' {
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add an account')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the accounts')
            [CompletionResult]::new('member', 'member', [CompletionResultType]::ParameterValue, 'Say who is in an account')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'docket;portal;account;add' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The customer''s name for it')
            [CompletionResult]::new('--product', '--product', [CompletionResultType]::ParameterName, 'Product that it has; may be repeated')
            [CompletionResult]::new('--plan', '--plan', [CompletionResultType]::ParameterName, 'Support plan: web or paid')
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'Folder with the portal''s database and files')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'A Demo or Sandbox account, which can''t have cases')
            [CompletionResult]::new('--trial', '--trial', [CompletionResultType]::ParameterName, 'A trial')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;portal;account;list' {
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'Folder with the portal''s database and files')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;portal;account;member' {
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'Folder with the portal''s database and files')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;portal;account;help' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add an account')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the accounts')
            [CompletionResult]::new('member', 'member', [CompletionResultType]::ParameterValue, 'Say who is in an account')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'docket;portal;account;help;add' {
            break
        }
        'docket;portal;account;help;list' {
            break
        }
        'docket;portal;account;help;member' {
            break
        }
        'docket;portal;account;help;help' {
            break
        }
        'docket;portal;check' {
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'Folder with the portal''s database and files')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;portal;help' {
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Serve a portal until it is told to stop')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Load users and accounts from a file')
            [CompletionResult]::new('user', 'user', [CompletionResultType]::ParameterValue, 'Manage a portal''s users')
            [CompletionResult]::new('account', 'account', [CompletionResultType]::ParameterValue, 'Manage a portal''s accounts')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check that a portal''s database and files agree')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'docket;portal;help;serve' {
            break
        }
        'docket;portal;help;import' {
            break
        }
        'docket;portal;help;user' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a user')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the users')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Keep a user from logging in, and take their tokens')
            [CompletionResult]::new('set-password', 'set-password', [CompletionResultType]::ParameterValue, 'Give a user another password, and take their tokens')
            break
        }
        'docket;portal;help;user;add' {
            break
        }
        'docket;portal;help;user;list' {
            break
        }
        'docket;portal;help;user;disable' {
            break
        }
        'docket;portal;help;user;set-password' {
            break
        }
        'docket;portal;help;account' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add an account')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the accounts')
            [CompletionResult]::new('member', 'member', [CompletionResultType]::ParameterValue, 'Say who is in an account')
            break
        }
        'docket;portal;help;account;add' {
            break
        }
        'docket;portal;help;account;list' {
            break
        }
        'docket;portal;help;account;member' {
            break
        }
        'docket;portal;help;check' {
            break
        }
        'docket;portal;help;help' {
            break
        }
        'docket;completions' {
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Portal to talk to: a URL, or `local` for the built-in one')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account to work in, by its id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, with just these fields if any are named')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Print the results of a jq filter on the JSON')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print CSV, with just these fields if any are named')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language to be answered in, like `de`')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for an answer, like `30s` or `2m`')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Further certificate authorities to trust, a PEM file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print data and failures only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more, as where settings come from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'docket;help' {
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Log in at a portal')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Log out of a portal')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show who is logged in where')
            [CompletionResult]::new('accounts', 'accounts', [CompletionResultType]::ParameterValue, 'List and switch accounts')
            [CompletionResult]::new('tokens', 'tokens', [CompletionResultType]::ParameterValue, 'Make, list and revoke tokens for CI jobs')
            [CompletionResult]::new('products', 'products', [CompletionResultType]::ParameterValue, 'List the products that can have cases')
            [CompletionResult]::new('categories', 'categories', [CompletionResultType]::ParameterValue, 'List the categories of a product')
            [CompletionResult]::new('form', 'form', [CompletionResultType]::ParameterValue, 'Show what a case needs')
            [CompletionResult]::new('resources', 'resources', [CompletionResultType]::ParameterValue, 'Find self-service articles')
            [CompletionResult]::new('case', 'case', [CompletionResultType]::ParameterValue, 'Open cases and work on them')
            [CompletionResult]::new('outbox', 'outbox', [CompletionResultType]::ParameterValue, 'List and send what could not be sent yet')
            [CompletionResult]::new('expert', 'expert', [CompletionResultType]::ParameterValue, 'Answer cases, as an expert')
            [CompletionResult]::new('portal', 'portal', [CompletionResultType]::ParameterValue, 'Run a portal')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'docket;help;login' {
            break
        }
        'docket;help;logout' {
            break
        }
        'docket;help;status' {
            break
        }
        'docket;help;accounts' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List your accounts')
            [CompletionResult]::new('switch', 'switch', [CompletionResultType]::ParameterValue, 'Choose the account to work in')
            break
        }
        'docket;help;accounts;list' {
            break
        }
        'docket;help;accounts;switch' {
            break
        }
        'docket;help;tokens' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a token for a CI job')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List your tokens for CI jobs')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Take a token out of use, at once')
            break
        }
        'docket;help;tokens;create' {
            break
        }
        'docket;help;tokens;list' {
            break
        }
        'docket;help;tokens;revoke' {
            break
        }
        'docket;help;products' {
            break
        }
        'docket;help;categories' {
            break
        }
        'docket;help;form' {
            break
        }
        'docket;help;resources' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Read an article')
            break
        }
        'docket;help;resources;show' {
            break
        }
        'docket;help;case' {
            [CompletionResult]::new('new', 'new', [CompletionResultType]::ParameterValue, 'Open a case')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List cases')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a case')
            [CompletionResult]::new('comment', 'comment', [CompletionResultType]::ParameterValue, 'Add a comment to a case')
            [CompletionResult]::new('attach', 'attach', [CompletionResultType]::ParameterValue, 'Attach files to a case')
            [CompletionResult]::new('download', 'download', [CompletionResultType]::ParameterValue, 'Fetch the files on a case')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Add, remove and list those who watch a case')
            [CompletionResult]::new('call', 'call', [CompletionResultType]::ParameterValue, 'Ask support to call you about a case')
            [CompletionResult]::new('close', 'close', [CompletionResultType]::ParameterValue, 'Close a case for good')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Open many cases from a file')
            break
        }
        'docket;help;case;new' {
            break
        }
        'docket;help;case;list' {
            break
        }
        'docket;help;case;show' {
            break
        }
        'docket;help;case;comment' {
            break
        }
        'docket;help;case;attach' {
            break
        }
        'docket;help;case;download' {
            break
        }
        'docket;help;case;watch' {
            break
        }
        'docket;help;case;call' {
            break
        }
        'docket;help;case;close' {
            break
        }
        'docket;help;case;import' {
            break
        }
        'docket;help;outbox' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List what could not be sent yet')
            [CompletionResult]::new('send', 'send', [CompletionResultType]::ParameterValue, 'Send what could not be sent yet')
            [CompletionResult]::new('drop', 'drop', [CompletionResultType]::ParameterValue, 'Forget something without sending it')
            break
        }
        'docket;help;outbox;list' {
            break
        }
        'docket;help;outbox;send' {
            break
        }
        'docket;help;outbox;drop' {
            break
        }
        'docket;help;expert' {
            [CompletionResult]::new('queue', 'queue', [CompletionResultType]::ParameterValue, 'List the cases that wait for support')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a case with the notes among experts')
            [CompletionResult]::new('reply', 'reply', [CompletionResultType]::ParameterValue, 'Answer a case')
            [CompletionResult]::new('note', 'note', [CompletionResultType]::ParameterValue, 'Note something that only experts see')
            break
        }
        'docket;help;expert;queue' {
            break
        }
        'docket;help;expert;show' {
            break
        }
        'docket;help;expert;reply' {
            break
        }
        'docket;help;expert;note' {
            break
        }
        'docket;help;portal' {
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Serve a portal until it is told to stop')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Load users and accounts from a file')
            [CompletionResult]::new('user', 'user', [CompletionResultType]::ParameterValue, 'Manage a portal''s users')
            [CompletionResult]::new('account', 'account', [CompletionResultType]::ParameterValue, 'Manage a portal''s accounts')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check that a portal''s database and files agree')
            break
        }
        'docket;help;portal;serve' {
            break
        }
        'docket;help;portal;import' {
            break
        }
        'docket;help;portal;user' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a user')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the users')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Keep a user from logging in, and take their tokens')
            [CompletionResult]::new('set-password', 'set-password', [CompletionResultType]::ParameterValue, 'Give a user another password, and take their tokens')
            break
        }
        'docket;help;portal;user;add' {
            break
        }
        'docket;help;portal;user;list' {
            break
        }
        'docket;help;portal;user;disable' {
            break
        }
        'docket;help;portal;user;set-password' {
            break
        }
        'docket;help;portal;account' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add an account')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the accounts')
            [CompletionResult]::new('member', 'member', [CompletionResultType]::ParameterValue, 'Say who is in an account')
            break
        }
        'docket;help;portal;account;add' {
            break
        }
        'docket;help;portal;account;list' {
            break
        }
        'docket;help;portal;account;member' {
            break
        }
        'docket;help;portal;check' {
            break
        }
        'docket;help;completions' {
            break
        }
        'docket;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
