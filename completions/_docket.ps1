# Completions of docket for PowerShell. docket itself says what fits; this hands over the line and shows the
# answer. Where it says nothing, PowerShell completes files.

Register-ArgumentCompleter -Native -CommandName 'docket' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $before = @($commandAst.CommandElements |
        Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { $_.Extent.Text.Trim([char[]]@('"', "'")) } |
        Where-Object { $_ -ne '' })
    $lines = @(docket __complete powershell "--word=$wordToComplete" '--' @before 2>$null)
    if ($lines.Count -lt 2 -or $lines[0] -ne 'values') { return }
    foreach ($line in $lines[1..($lines.Count - 1)]) {
        $value, $about = $line -split "`t", 2
        if (-not $about) { $about = $value }
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $about)
    }
}
