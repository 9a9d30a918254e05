import type { ReactNode } from "react";

interface Props {
  readonly className: string;
  /** What is heard when the keyboard comes to it. */
  readonly label: string;
  readonly children: ReactNode;
}

/** Around a picture that is wider than a phone: it scrolls sideways in its own box, which keys must reach too (WCAG 2.1.1). */
export function WideFrame({ className, label, children }: Props) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls is the one thing without an action that keys have to reach
    <div className={className} tabIndex={0} role="group" aria-label={label}>{children}</div>
  );
}
