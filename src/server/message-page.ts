/** A small page for a person who came to an address that has nothing to show. The message is ours, not theirs. */
export function messagePage(message: string): string {
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Motcua</title>
<style>
body { font: 1.125rem/1.6 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 0; }
main { max-width: 34rem; margin: 15vh auto; padding: 0 1.25rem; }
a { color: #0b5cad; }
</style>
</head>
<body>
<main>
<h1>Xin lỗi anh/chị</h1>
<p>${message}</p>
<p><a href="/">Về trang hỏi đáp thủ tục hành chính</a></p>
</main>
</body>
</html>
`;
}
