/** Each asks `consign completion candidates` with the line so far, so that it never grows old. */
export const scripts: Record<string, string> = {
  bash: `# consign completion for bash: eval "$(consign completion bash)" in ~/.bashrc
_consign() {
  local line="\${COMP_LINE:0:COMP_POINT}" candidates word
  candidates="$(consign completion candidates -- "$line" 2>/dev/null | cut -f1)"
  COMPREPLY=()
  while IFS= read -r word; do
    [ -n "$word" ] && COMPREPLY+=("$word")
  done <<< "$candidates"
  # bash parts words at colons and equals signs: what is before the last one is already there.
  local typed="\${line##* }" i
  local fixed="\${typed%"\${typed##*[:=]}"}"
  for i in "\${!COMPREPLY[@]}"; do
    COMPREPLY[i]="\${COMPREPLY[i]#"$fixed"}"
  done
}
complete -o nosort -F _consign consign`,
  zsh: `#compdef consign
# consign completion for zsh: eval "$(consign completion zsh)" in ~/.zshrc, behind compinit
_consign() {
  local -a candidates
  local line
  while IFS=$'\\t' read -r word help; do
    [[ -n "$word" ]] && candidates+=("\${word//:/\\\\:}:$help")
  done < <(consign completion candidates -- "\${(j: :)words[1,CURRENT]}" 2>/dev/null)
  _describe -V 'consign' candidates
}
compdef _consign consign`,
  fish: `# consign completion for fish: consign completion fish | source in ~/.config/fish/config.fish
function __consign_candidates
  consign completion candidates -- (commandline -cp) 2>/dev/null
end
complete -c consign -f -a '(__consign_candidates)'`,
}
