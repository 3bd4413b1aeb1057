/** Light or dark: as the system has it, until one chooses. */
export type Theme = 'system' | 'light' | 'dark'

export const theme = (): Theme => (localStorage.getItem('theme') as Theme | null) ?? 'system'

export function applyTheme(chosen: Theme = theme()): void {
  if (chosen === 'system') {
    localStorage.removeItem('theme')
    delete document.documentElement.dataset.theme
  } else {
    localStorage.setItem('theme', chosen)
    document.documentElement.dataset.theme = chosen
  }
  dispatchEvent(new Event('themechange'))
}

/** A color of the style sheet as it is now, for what draws on a canvas. */
export const color = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
