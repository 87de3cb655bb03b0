import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { z } from 'zod'
import App from './App.vue'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'

// The page's security policy forbids code made at run time, which schemas otherwise try first.
z.config({ jitless: true })

createApp(App).use(createPinia()).mount('#app')
