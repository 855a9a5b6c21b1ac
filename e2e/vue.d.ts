// The lists of screens name components that are fetched when a screen opens; here nobody opens them.
declare module '*.vue' {
  import type { Component } from 'vue';
  const component: Component;
  export default component;
}
