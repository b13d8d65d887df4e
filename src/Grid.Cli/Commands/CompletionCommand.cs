using System.CommandLine;

namespace Grid.Cli.Commands;

/// <summary>grid completion: a script that lets a shell complete the command's words.</summary>
internal static class CompletionCommand
{
    private const string Bash =
        """
        _grid() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(grid "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -F _grid grid
        """;

    private const string Zsh =
        """
        #compdef grid
        _grid() {
          local -a words_found
          words_found=("${(@f)$(grid "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
          compadd -a words_found
        }
        compdef _grid grid
        """;

    private const string Fish =
        """
        complete -f -c grid -a '(grid "[suggest:"(string length -- (commandline -cp))"]" (commandline -cp) 2>/dev/null)'
        """;

    private const string PowerShell =
        """
        Register-ArgumentCompleter -Native -CommandName grid -ScriptBlock {
          param($word, $line, $cursor)
          grid "[suggest:$cursor]" "$line" | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
        }
        """;

    public static Command Make(Verbs verbs)
    {
        var shell = Verbs.Word("shell", "bash, zsh, fish or powershell");
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "powershell");
        return verbs.Make("completion", "A script for your shell, such as: source <(grid completion bash)", [shell], (session, parsed, _) =>
        {
            session.Around.Out.WriteLine(parsed.GetValue(shell) switch { "bash" => Bash, "zsh" => Zsh, "fish" => Fish, _ => PowerShell });
            return Task.FromResult(ExitCode.Done);
        });
    }
}
