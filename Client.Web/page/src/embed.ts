// The one script that another page includes: <script type="module" src="https://chat.example.org/inbox.js"></script>
export * from '@chathub/inbox';
