/**
 * The properties of a button that does nothing for now. It keeps the focus of who has just pressed it, which a `disabled`
 * one would throw away, and says to a screen reader that it is not to be pressed.
 */
export function held(isHeld: boolean, act?: () => void) {
  return isHeld
    ? { 'aria-disabled': true, 'data-disabled': true, onClick: ignore }
    : { 'aria-disabled': false, onClick: act }
}

function ignore(event: { preventDefault(): void }) {
  event.preventDefault()
}
