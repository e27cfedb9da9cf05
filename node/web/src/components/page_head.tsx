import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from './icon';

interface Props {
  title: string;
  lead?: ComponentChildren;
  back?: { to: string; label: string };
  /** Stands where the heading is, for titles that can be edited. */
  heading?: ComponentChildren;
  children?: ComponentChildren;
}

/**
 * The head of a page. Names the window, and takes the focus so that a screen reader says where one
 * is.
 */
export function PageHead({ title, lead, back, heading, children }: Props) {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title === 'Hearth' ? title : `${title} · Hearth`;
  }, [title]);
  useEffect(() => {
    if (document.activeElement === document.body) head.current?.focus({ preventScroll: true });
  }, []);
  return (
    <header class="page-head">
      <div class={heading ? 'grow' : ''}>
        {back && (
          <a class="crumb" href={back.to} data-testid="back">
            <Icon name="back" /> {back.label}
          </a>
        )}
        <h1 ref={head} tabIndex={-1} class={heading ? 'unseen' : ''} data-testid="page-title">
          {title}
        </h1>
        {heading}
        {lead && <div class="lead">{lead}</div>}
      </div>
      {children && <div class="row">{children}</div>}
    </header>
  );
}
