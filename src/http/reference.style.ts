import { raw } from 'hono/html'

/** The looks of the reference, within the page: light or dark as the reader's system is. */
export const style = raw(`
:root { color-scheme: light dark; --line: light-dark(#d8dedb, #3a4340); --soft: light-dark(#f3f7f5, #1d2523); --pine: light-dark(#0b6b4f, #4db488) }
* { box-sizing: border-box }
body { margin: 0; display: grid; grid-template-columns: 20rem minmax(0, 60rem); font: 16px/1.5 system-ui, sans-serif }
nav { height: 100vh; position: sticky; top: 0; overflow: auto; padding: 1rem; border-right: 1px solid var(--line); background: var(--soft) }
nav h2 { font-size: 0.85rem; margin: 1rem 0 0.25rem }
nav ul { list-style: none; margin: 0; padding: 0; font-size: 0.8rem }
nav li { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
a { color: var(--pine); text-decoration: none }
a:hover, a:focus-visible { text-decoration: underline }
main { padding: 1rem 2rem 4rem }
main > section > h2 { margin-top: 3rem; text-transform: capitalize }
article { border-top: 1px solid var(--line); padding: 0.5rem 0 1rem; scroll-margin-top: 1rem }
article:target { background: var(--soft) }
h3 { font-size: 1rem; margin: 0.5rem 0; overflow-wrap: anywhere }
code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 0.9em }
small { opacity: 0.75; font-weight: normal }
b { display: inline-block; min-width: 4em; font-size: 0.75em; color: var(--pine) }
b.POST, b.PUT, b.PATCH { color: light-dark(#8a4b00, #f0ad4e) }
b.DELETE { color: light-dark(#a4161a, #ff8a80) }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem }
th, td { text-align: left; padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 0.5rem 0.75rem; background: var(--soft); border: 1px solid var(--line); border-radius: 4px; margin: 0.75rem 0 }
details, .answer { margin: 0.25rem 0; font-size: 0.9rem; overflow-wrap: anywhere }
summary { cursor: pointer }
.fields { list-style: none; margin: 0.25rem 0 0.75rem; padding-left: 1rem }
h4 { font-size: 0.9rem; margin: 1.25rem 0 0.25rem; font-weight: normal }
b.s4, b.s5 { color: light-dark(#a4161a, #ff8a80) }
@media (max-width: 60rem) { body { display: block } nav { height: auto; position: static } main { padding: 1rem } }
`)
