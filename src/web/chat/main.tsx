/** @jsxImportSource preact */
import { useRef } from 'preact/hooks';
import { About, Chat } from '../widget/chat.tsx';
import { createChat, mountInShadow } from '../widget/mount.tsx';

const chat = createChat({ base: window.location.origin });

function ChatPage() {
  const input = useRef<HTMLTextAreaElement>(null);
  return (
    <div class="page">
      <Chat {...chat} input={input} />
      <About store={chat.store} />
    </div>
  );
}

mountInShadow(document.getElementById('chat')!, undefined, <ChatPage />);
