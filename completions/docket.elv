
use builtin;
use str;

set edit:completion:arg-completer[docket] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'docket'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'docket'= {
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand login 'Log in at a portal'
            cand logout 'Log out of a portal'
            cand status 'Show who is logged in where'
            cand accounts 'List and switch accounts'
            cand tokens 'Make, list and revoke tokens for CI jobs'
            cand products 'List the products that can have cases'
            cand categories 'List the categories of a product'
            cand form 'Show what a case needs'
            cand resources 'Find self-service articles'
            cand case 'Open cases and work on them'
            cand outbox 'List and send what could not be sent yet'
            cand expert 'Answer cases, as an expert'
            cand portal 'Run a portal'
            cand completions 'Print a completion script for a shell'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'docket;login'= {
            cand --email 'E-mail address'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --password-stdin 'Read the password from standard input'
            cand --with-token 'Read a token from standard input'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;logout'= {
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;status'= {
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;accounts'= {
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand list 'List your accounts'
            cand switch 'Choose the account to work in'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'docket;accounts;list'= {
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;accounts;switch'= {
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;accounts;help'= {
            cand list 'List your accounts'
            cand switch 'Choose the account to work in'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'docket;accounts;help;list'= {
        }
        &'docket;accounts;help;switch'= {
        }
        &'docket;accounts;help;help'= {
        }
        &'docket;tokens'= {
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand create 'Make a token for a CI job'
            cand list 'List your tokens for CI jobs'
            cand revoke 'Take a token out of use, at once'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'docket;tokens;create'= {
            cand --name 'Name to tell it from your others, 1 to 64 characters'
            cand --expires 'How long it works: 1 minute to 365 days'
            cand --scope 'What it is good for: seeing alone, or whatever you may do'
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;tokens;list'= {
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;tokens;revoke'= {
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;tokens;help'= {
            cand create 'Make a token for a CI job'
            cand list 'List your tokens for CI jobs'
            cand revoke 'Take a token out of use, at once'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'docket;tokens;help;create'= {
        }
        &'docket;tokens;help;list'= {
        }
        &'docket;tokens;help;revoke'= {
        }
        &'docket;tokens;help;help'= {
        }
        &'docket;products'= {
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;categories'= {
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;form'= {
            cand --category 'Category id'
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --schema 'Print the whole form as JSON Schema 2020-12'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;resources'= {
            cand --product 'Product id'
            cand --category 'Category id'
            cand --subcategory 'Sub-category id'
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand show 'Read an article'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'docket;resources;show'= {
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;resources;help'= {
            cand show 'Read an article'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'docket;resources;help;show'= {
        }
        &'docket;resources;help;help'= {
        }
        &'docket;case'= {
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand new 'Open a case'
            cand list 'List cases'
            cand show 'Show a case'
            cand comment 'Add a comment to a case'
            cand attach 'Attach files to a case'
            cand download 'Fetch the files on a case'
            cand watch 'Add, remove and list those who watch a case'
            cand call 'Ask support to call you about a case'
            cand close 'Close a case for good'
            cand import 'Open many cases from a file'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'docket;case;new'= {
            cand --product 'Product id'
            cand --category 'Category id'
            cand --subcategory 'Sub-category id'
            cand -s 'One line that says what is wrong'
            cand --subject 'One line that says what is wrong'
            cand -d 'What happened'
            cand --description 'What happened'
            cand -F 'File with the description; `-` for standard input'
            cand --description-file 'File with the description; `-` for standard input'
            cand --occurred-at 'When it was first seen: `2026-11-20 09:30`, `yesterday 14:00`, `2h ago`, RFC 3339'
            cand --envelope-id 'Envelope ID, 36 characters'
            cand --user-impact 'How many users are affected'
            cand --environment 'Where it happens: demo or production'
            cand --business-impact 'How much it keeps the business from working'
            cand --contact-method 'How support should reach you'
            cand --phone 'Number to be called at, with country code'
            cand --language 'Language of the support'
            cand --occurred-before 'Whether it happened before'
            cand --product-version 'The product''s version'
            cand --browser 'Browser and version'
            cand --steps 'What was done, step by step'
            cand --attach 'File to attach; may be repeated: the first goes with the new case, the rest right after it'
            cand --watch 'E-mail address that watches the case; may be repeated'
            cand --follows 'Closed case that this one goes on from'
            cand --from 'File with the answers, in TOML, YAML or JSON; `-` for standard input; flags win over it'
            cand --resume 'Go on with an interrupted draft'
            cand --idempotency-key 'Key that makes a repetition of this command find the case instead of opening another'
            cand --dedupe-key 'Key of an alert: a case of this account that has it and isn''t closed is found instead of opening another'
            cand --on-duplicate 'What to do when there is such a case: add what is new as a comment, do nothing, or fail'
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand -e 'Write the description in an editor'
            cand --editor 'Write the description in an editor'
            cand --generate-skeleton 'Print a file to fill in and exit'
            cand --dry-run 'Print the request that would be sent, and send nothing that writes'
            cand --no-suggest 'Don''t suggest articles'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;case;list'= {
            cand --status 'Only cases with this status; may be repeated'
            cand --product 'Only cases about this product'
            cand -S 'Only cases that have all these words, the newest first'
            cand --search 'Only cases that have all these words, the newest first'
            cand --since 'Only cases opened since then'
            cand --until 'Only cases opened before then'
            cand -L 'How many at most'
            cand --limit 'How many at most'
            cand --sort 'Order: updated, created or number, the latest first'
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --watching 'Only cases that you watch, in whatever account'
            cand --mine 'Only cases that you opened'
            cand --all-accounts 'Cases in all your accounts'
            cand --all 'All of them'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;case;show'= {
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand -c 'Show what was said'
            cand --comments 'Show what was said'
            cand --history 'Show what has happened'
            cand -w 'Open the case''s page in a browser'
            cand --web 'Open the case''s page in a browser'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;case;comment'= {
            cand -m 'The text'
            cand --message 'The text'
            cand -F 'A file with the text; `-` for standard input'
            cand --message-file 'A file with the text; `-` for standard input'
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;case;attach'= {
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;case;download'= {
            cand --dir 'Folder to put them in'
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;case;watch'= {
            cand --remove 'E-mail address that stops watching; may be repeated'
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;case;call'= {
            cand --phone 'Number to call, with country code; the case''s own where left out'
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;case;close'= {
            cand -r 'Why it is closed'
            cand --reason 'Why it is closed'
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;case;import'= {
            cand --format 'What the file is, where neither its name nor its beginning tells'
            cand --jobs 'How many cases to send at the same time'
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --partial 'File the valid ones even if others aren''t'
            cand --dry-run 'Check all of it and send nothing'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;case;help'= {
            cand new 'Open a case'
            cand list 'List cases'
            cand show 'Show a case'
            cand comment 'Add a comment to a case'
            cand attach 'Attach files to a case'
            cand download 'Fetch the files on a case'
            cand watch 'Add, remove and list those who watch a case'
            cand call 'Ask support to call you about a case'
            cand close 'Close a case for good'
            cand import 'Open many cases from a file'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'docket;case;help;new'= {
        }
        &'docket;case;help;list'= {
        }
        &'docket;case;help;show'= {
        }
        &'docket;case;help;comment'= {
        }
        &'docket;case;help;attach'= {
        }
        &'docket;case;help;download'= {
        }
        &'docket;case;help;watch'= {
        }
        &'docket;case;help;call'= {
        }
        &'docket;case;help;close'= {
        }
        &'docket;case;help;import'= {
        }
        &'docket;case;help;help'= {
        }
        &'docket;outbox'= {
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand list 'List what could not be sent yet'
            cand send 'Send what could not be sent yet'
            cand drop 'Forget something without sending it'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'docket;outbox;list'= {
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;outbox;send'= {
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;outbox;drop'= {
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;outbox;help'= {
            cand list 'List what could not be sent yet'
            cand send 'Send what could not be sent yet'
            cand drop 'Forget something without sending it'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'docket;outbox;help;list'= {
        }
        &'docket;outbox;help;send'= {
        }
        &'docket;outbox;help;drop'= {
        }
        &'docket;outbox;help;help'= {
        }
        &'docket;expert'= {
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand queue 'List the cases that wait for support'
            cand show 'Show a case with the notes among experts'
            cand reply 'Answer a case'
            cand note 'Note something that only experts see'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'docket;expert;queue'= {
            cand --product 'Only cases about this product'
            cand -L 'How many at most'
            cand --limit 'How many at most'
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --all 'All of them'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;expert;show'= {
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;expert;reply'= {
            cand -m 'The text'
            cand --message 'The text'
            cand -F 'A file with the text; `-` for standard input'
            cand --message-file 'A file with the text; `-` for standard input'
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --needs-info 'The customer has to say more'
            cand --resolved 'It is believed to be solved'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;expert;note'= {
            cand -m 'The text'
            cand --message 'The text'
            cand -F 'A file with the text; `-` for standard input'
            cand --message-file 'A file with the text; `-` for standard input'
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;expert;help'= {
            cand queue 'List the cases that wait for support'
            cand show 'Show a case with the notes among experts'
            cand reply 'Answer a case'
            cand note 'Note something that only experts see'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'docket;expert;help;queue'= {
        }
        &'docket;expert;help;show'= {
        }
        &'docket;expert;help;reply'= {
        }
        &'docket;expert;help;note'= {
        }
        &'docket;expert;help;help'= {
        }
        &'docket;portal'= {
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand serve 'Serve a portal until it is told to stop'
            cand import 'Load users and accounts from a file'
            cand user 'Manage a portal''s users'
            cand account 'Manage a portal''s accounts'
            cand check 'Check that a portal''s database and files agree'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'docket;portal;serve'= {
            cand --data 'Folder with the portal''s database and files'
            cand --listen 'Address and port to listen on'
            cand --base-url 'Where people reach the portal, as mails and cases name it'
            cand --pending-closes-after 'How long a case stays Pending before it closes by itself'
            cand --max-attachment 'How large an attachment may be, like `25MB`'
            cand --tls-cert 'Certificate chain to serve HTTPS with, a PEM file'
            cand --tls-key 'Private key of the certificate, a PEM file'
            cand --catalogue 'Folder with a catalogue to use in place of the built-in one'
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --sample 'Load the sample accounts and users; then it listens on loopback only'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;portal;import'= {
            cand --data 'Folder with the portal''s database and files'
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;portal;user'= {
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand add 'Add a user'
            cand list 'List the users'
            cand disable 'Keep a user from logging in, and take their tokens'
            cand set-password 'Give a user another password, and take their tokens'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'docket;portal;user;add'= {
            cand --name 'Name for people'
            cand --member 'Account that the user is in; may be repeated'
            cand --language 'Language of the user, like `de`'
            cand --data 'Folder with the portal''s database and files'
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --expert 'The user is an expert and answers cases'
            cand --password-stdin 'Read the password from standard input'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;portal;user;list'= {
            cand --data 'Folder with the portal''s database and files'
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;portal;user;disable'= {
            cand --data 'Folder with the portal''s database and files'
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --undo 'Let the user log in again'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;portal;user;set-password'= {
            cand --data 'Folder with the portal''s database and files'
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --password-stdin 'Read the password from standard input'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;portal;user;help'= {
            cand add 'Add a user'
            cand list 'List the users'
            cand disable 'Keep a user from logging in, and take their tokens'
            cand set-password 'Give a user another password, and take their tokens'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'docket;portal;user;help;add'= {
        }
        &'docket;portal;user;help;list'= {
        }
        &'docket;portal;user;help;disable'= {
        }
        &'docket;portal;user;help;set-password'= {
        }
        &'docket;portal;user;help;help'= {
        }
        &'docket;portal;account'= {
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand add 'Add an account'
            cand list 'List the accounts'
            cand member 'Say who is in an account'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'docket;portal;account;add'= {
            cand --name 'The customer''s name for it'
            cand --product 'Product that it has; may be repeated'
            cand --plan 'Support plan: web or paid'
            cand --data 'Folder with the portal''s database and files'
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --demo 'A Demo or Sandbox account, which can''t have cases'
            cand --trial 'A trial'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;portal;account;list'= {
            cand --data 'Folder with the portal''s database and files'
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;portal;account;member'= {
            cand --data 'Folder with the portal''s database and files'
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;portal;account;help'= {
            cand add 'Add an account'
            cand list 'List the accounts'
            cand member 'Say who is in an account'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'docket;portal;account;help;add'= {
        }
        &'docket;portal;account;help;list'= {
        }
        &'docket;portal;account;help;member'= {
        }
        &'docket;portal;account;help;help'= {
        }
        &'docket;portal;check'= {
            cand --data 'Folder with the portal''s database and files'
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;portal;help'= {
            cand serve 'Serve a portal until it is told to stop'
            cand import 'Load users and accounts from a file'
            cand user 'Manage a portal''s users'
            cand account 'Manage a portal''s accounts'
            cand check 'Check that a portal''s database and files agree'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'docket;portal;help;serve'= {
        }
        &'docket;portal;help;import'= {
        }
        &'docket;portal;help;user'= {
            cand add 'Add a user'
            cand list 'List the users'
            cand disable 'Keep a user from logging in, and take their tokens'
            cand set-password 'Give a user another password, and take their tokens'
        }
        &'docket;portal;help;user;add'= {
        }
        &'docket;portal;help;user;list'= {
        }
        &'docket;portal;help;user;disable'= {
        }
        &'docket;portal;help;user;set-password'= {
        }
        &'docket;portal;help;account'= {
            cand add 'Add an account'
            cand list 'List the accounts'
            cand member 'Say who is in an account'
        }
        &'docket;portal;help;account;add'= {
        }
        &'docket;portal;help;account;list'= {
        }
        &'docket;portal;help;account;member'= {
        }
        &'docket;portal;help;check'= {
        }
        &'docket;portal;help;help'= {
        }
        &'docket;completions'= {
            cand --portal 'Portal to talk to: a URL, or `local` for the built-in one'
            cand --account 'Account to work in, by its id'
            cand --json 'Print JSON, with just these fields if any are named'
            cand --jq 'Print the results of a jq filter on the JSON'
            cand --csv 'Print CSV, with just these fields if any are named'
            cand --color 'When to use colour'
            cand --lang 'Language to be answered in, like `de`'
            cand --timeout 'How long to wait for an answer, like `30s` or `2m`'
            cand --ca-bundle 'Further certificate authorities to trust, a PEM file'
            cand --no-input 'Never ask; what is missing is an error'
            cand -q 'Print data and failures only'
            cand --quiet 'Print data and failures only'
            cand -v 'Say more, as where settings come from'
            cand --verbose 'Say more, as where settings come from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'docket;help'= {
            cand login 'Log in at a portal'
            cand logout 'Log out of a portal'
            cand status 'Show who is logged in where'
            cand accounts 'List and switch accounts'
            cand tokens 'Make, list and revoke tokens for CI jobs'
            cand products 'List the products that can have cases'
            cand categories 'List the categories of a product'
            cand form 'Show what a case needs'
            cand resources 'Find self-service articles'
            cand case 'Open cases and work on them'
            cand outbox 'List and send what could not be sent yet'
            cand expert 'Answer cases, as an expert'
            cand portal 'Run a portal'
            cand completions 'Print a completion script for a shell'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'docket;help;login'= {
        }
        &'docket;help;logout'= {
        }
        &'docket;help;status'= {
        }
        &'docket;help;accounts'= {
            cand list 'List your accounts'
            cand switch 'Choose the account to work in'
        }
        &'docket;help;accounts;list'= {
        }
        &'docket;help;accounts;switch'= {
        }
        &'docket;help;tokens'= {
            cand create 'Make a token for a CI job'
            cand list 'List your tokens for CI jobs'
            cand revoke 'Take a token out of use, at once'
        }
        &'docket;help;tokens;create'= {
        }
        &'docket;help;tokens;list'= {
        }
        &'docket;help;tokens;revoke'= {
        }
        &'docket;help;products'= {
        }
        &'docket;help;categories'= {
        }
        &'docket;help;form'= {
        }
        &'docket;help;resources'= {
            cand show 'Read an article'
        }
        &'docket;help;resources;show'= {
        }
        &'docket;help;case'= {
            cand new 'Open a case'
            cand list 'List cases'
            cand show 'Show a case'
            cand comment 'Add a comment to a case'
            cand attach 'Attach files to a case'
            cand download 'Fetch the files on a case'
            cand watch 'Add, remove and list those who watch a case'
            cand call 'Ask support to call you about a case'
            cand close 'Close a case for good'
            cand import 'Open many cases from a file'
        }
        &'docket;help;case;new'= {
        }
        &'docket;help;case;list'= {
        }
        &'docket;help;case;show'= {
        }
        &'docket;help;case;comment'= {
        }
        &'docket;help;case;attach'= {
        }
        &'docket;help;case;download'= {
        }
        &'docket;help;case;watch'= {
        }
        &'docket;help;case;call'= {
        }
        &'docket;help;case;close'= {
        }
        &'docket;help;case;import'= {
        }
        &'docket;help;outbox'= {
            cand list 'List what could not be sent yet'
            cand send 'Send what could not be sent yet'
            cand drop 'Forget something without sending it'
        }
        &'docket;help;outbox;list'= {
        }
        &'docket;help;outbox;send'= {
        }
        &'docket;help;outbox;drop'= {
        }
        &'docket;help;expert'= {
            cand queue 'List the cases that wait for support'
            cand show 'Show a case with the notes among experts'
            cand reply 'Answer a case'
            cand note 'Note something that only experts see'
        }
        &'docket;help;expert;queue'= {
        }
        &'docket;help;expert;show'= {
        }
        &'docket;help;expert;reply'= {
        }
        &'docket;help;expert;note'= {
        }
        &'docket;help;portal'= {
            cand serve 'Serve a portal until it is told to stop'
            cand import 'Load users and accounts from a file'
            cand user 'Manage a portal''s users'
            cand account 'Manage a portal''s accounts'
            cand check 'Check that a portal''s database and files agree'
        }
        &'docket;help;portal;serve'= {
        }
        &'docket;help;portal;import'= {
        }
        &'docket;help;portal;user'= {
            cand add 'Add a user'
            cand list 'List the users'
            cand disable 'Keep a user from logging in, and take their tokens'
            cand set-password 'Give a user another password, and take their tokens'
        }
        &'docket;help;portal;user;add'= {
        }
        &'docket;help;portal;user;list'= {
        }
        &'docket;help;portal;user;disable'= {
        }
        &'docket;help;portal;user;set-password'= {
        }
        &'docket;help;portal;account'= {
            cand add 'Add an account'
            cand list 'List the accounts'
            cand member 'Say who is in an account'
        }
        &'docket;help;portal;account;add'= {
        }
        &'docket;help;portal;account;list'= {
        }
        &'docket;help;portal;account;member'= {
        }
        &'docket;help;portal;check'= {
        }
        &'docket;help;completions'= {
        }
        &'docket;help;help'= {
        }
    ]
    $completions[$command]
}
