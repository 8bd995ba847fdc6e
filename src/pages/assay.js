// The one script: copy buttons and forms that send themselves. Every page works without it.

const text = box => box.querySelector('code').textContent

async function copy(box) {
  try {
    await navigator.clipboard.writeText(text(box))
    return true
  } catch {
    getSelection().selectAllChildren(box.querySelector('code'))
    return document.execCommand('copy')
  }
}

for (const box of document.querySelectorAll('[data-copy]')) {
  const button = box.querySelector('button')
  const word = button.querySelector('span')
  let timer
  button.hidden = false
  button.addEventListener('click', async () => {
    word.textContent = (await copy(box)) ? 'Copied' : 'Selected'
    clearTimeout(timer)
    timer = setTimeout(() => {
      word.textContent = 'Copy'
    }, 2000)
  })
}

for (const form of document.querySelectorAll('form[data-submit]')) form.submit()
