import { useSyncExternalStore, type ComponentProps, type MouseEvent } from 'react'

let hasMoved = false

/** The path of the page that is shown; changes with links and the browser's own back and forward. */
export function usePath(): string {
  return useSyncExternalStore(onMove, () => location.pathname)
}

/** Opens another page of the app without loading it anew. */
function go(path: string) {
  history.pushState(null, '', path)
  dispatchEvent(new PopStateEvent('popstate'))
  scrollTo(0, 0)
}

/** Whether the person has moved within the app, so that a page's heading should take the focus. */
export function hasMovedWithin(): boolean {
  return hasMoved
}

/** A link within the app; with a modifier key or another button it stays the browser's business. */
export function AppLink({ href, children, ...rest }: ComponentProps<'a'> & { href: string }) {
  const open = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(href)
  }
  return (
    <a {...rest} href={href} onClick={open}>
      {children}
    </a>
  )
}

function onMove(listener: () => void): () => void {
  const moved = () => {
    hasMoved = true
    listener()
  }
  addEventListener('popstate', moved)
  return () => removeEventListener('popstate', moved)
}
