// Markdown as safe HTML. Loaded only when a note is shown.
import DOMPurify from 'dompurify';
import MarkdownIt from 'markdown-it';

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true });

const purifier = DOMPurify();

/**
 * Pictures and other bytes come from this node only: a note must not tell a stranger who reads it.
 */
function ownAddress(address: string): boolean {
  return /^\/(?!\/)/.test(address) && !address.includes('\\');
}

purifier.addHook('afterSanitizeAttributes', (node) => {
  if (node.tagName === 'A') {
    node.setAttribute('rel', 'noopener noreferrer nofollow');
    node.setAttribute('target', '_blank');
  }
  if (node.tagName === 'IMG' && !ownAddress(node.getAttribute('src') ?? '')) {
    node.removeAttribute('src');
  }
});

/** The nodes that show `text`. */
export function renderMarkdown(text: string): DocumentFragment {
  const shown = purifier.sanitize(markdown.render(text), {
    RETURN_DOM_FRAGMENT: true,
    USE_PROFILES: { html: true },
    FORBID_TAGS: ['style', 'form', 'input', 'button', 'textarea', 'select', 'video', 'audio'],
    FORBID_ATTR: ['style', 'class', 'id', 'name', 'srcset'],
  });
  for (const image of shown.querySelectorAll('img:not([src])')) {
    image.replaceWith(`[${image.getAttribute('alt') || 'picture'}]`);
  }
  return shown;
}
