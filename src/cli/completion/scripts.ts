/**
 * Each script asks `roleferry complete` (see complete.ts), so an installed script stays right when a later version has
 * other commands.
 */
export const scripts = {
  // Bash cuts words at : = @ as well, and then wants only what comes behind the cut.
  bash: `# Completion of roleferry for bash. In ~/.bashrc:  eval "$(roleferry completion bash)"
_roleferry() {
  local line=\${COMP_LINE:0:COMP_POINT} words current cut candidate
  read -ra words <<< "$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  current=\${words[\${#words[@]}-1]}
  cut=\${current%"\${current##*[:=@]}"}
  COMPREPLY=()
  while IFS= read -r candidate; do
    case $candidate in
      :file) compopt -o filenames; mapfile -t -O "\${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$current") ;;
      :folder) compopt -o filenames; mapfile -t -O "\${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "$current") ;;
      :program) mapfile -t -O "\${#COMPREPLY[@]}" COMPREPLY < <(compgen -c -- "$current") ;;
      *) candidate=\${candidate%%$'\\t'*}; COMPREPLY+=("\${candidate#"$cut"}") ;;
    esac
  done < <(roleferry complete -- "\${words[@]:1}" 2>/dev/null)
}
complete -F _roleferry roleferry
`,
  zsh: `#compdef roleferry
# Completion of roleferry for zsh. In ~/.zshrc, behind compinit:  eval "$(roleferry completion zsh)"
_roleferry() {
  local line word tab=$'\\t'
  local -a found
  for line in "\${(@f)$(roleferry complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
    word=\${\${line%%$tab*}//:/\\\\:}
    case $line in
      :file) _files ;;
      :folder) _files -/ ;;
      :program) _command_names -e ;;
      *$tab*) found+=("$word:\${line#*$tab}") ;;
      ?*) found+=("$word") ;;
    esac
  done
  (( ! $#found )) || _describe roleferry found
}
if [[ \${funcstack[1]} == _roleferry ]]; then _roleferry "$@"; else compdef _roleferry roleferry; fi
`,
  fish: `# Completion of roleferry for fish. Once:  roleferry completion fish > ~/.config/fish/completions/roleferry.fish
function __roleferry_complete
    set -l words (commandline -opc) (commandline -ct)
    for line in (roleferry complete -- $words[2..-1] 2>/dev/null)
        switch $line
            case ':file'
                __fish_complete_path (commandline -ct)
            case ':folder'
                __fish_complete_directories (commandline -ct)
            case ':program'
                __fish_complete_command
            case '*'
                echo $line
        end
    end
end
complete -c roleferry -f -a '(__roleferry_complete)'
`,
  // Older PowerShells drop an empty argument, and a script of npm's drops an unquoted --. Where nothing is returned,
  // PowerShell offers files.
  powershell: `# Completion of roleferry for PowerShell. In $PROFILE:  roleferry completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName roleferry -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $before = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { "$_".Trim("'", '"') })
  $current = $wordToComplete.Trim("'", '"')
  if ($current -eq '' -and "$PSNativeCommandArgumentPassing" -in '', 'Legacy') { $current = '""' }
  roleferry complete '--' @before $current 2>$null | ForEach-Object {
    $word, $purpose = $_ -split "\`t", 2
    if ($word -in ':file', ':folder', ':program') { return }
    $shown = if ($word -match '^[\\w./:=+-]+$') { $word } else { "'$word'" }
    if (-not $purpose) { $purpose = $word }
    [System.Management.Automation.CompletionResult]::new($shown, $word, 'ParameterValue', $purpose)
  }
}
`,
};

export type Shell = keyof typeof scripts;
