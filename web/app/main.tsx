import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { language } from '../ui/language.ts'
import { loadChineseFont } from './chinese-font.ts'
import { followNewBuilds } from './new-build.ts'
import { queryClient } from './queries.ts'
import { router } from './router.tsx'
import '../ui/tokens.css'
import '../ui/base.css'

document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN'

followNewBuilds()

const container = document.getElementById('root')
if (!container) throw new Error('index.html has no #root')

// The page's own code arrives before React takes the place of what the server painted, so that nothing blinks.
await router.load()

createRoot(container).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)

loadChineseFont()
