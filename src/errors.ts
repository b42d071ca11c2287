/** Every expected failure of the product: its code, its HTTP status, and what a person is told. */
export const ERROR_CODES = {
  'invalid-json': { status: 400, message: 'Dữ liệu gửi lên không đọc được. Vui lòng thử lại.' },
  'invalid-request': { status: 400, message: 'Yêu cầu chưa đúng. Vui lòng kiểm tra lại nội dung.' },
  'empty-message': { status: 400, message: 'Anh/chị chưa nhập nội dung. Vui lòng nhập câu hỏi.' },
  'message-too-long': { status: 413, message: 'Câu hỏi dài quá 2.000 ký tự. Vui lòng viết ngắn gọn hơn.' },
  'body-too-large': { status: 413, message: 'Nội dung gửi lên quá lớn. Vui lòng rút gọn.' },
  'unsupported-media-type': { status: 415, message: 'Yêu cầu phải gửi dưới dạng JSON (application/json).' },
  'session-not-found': { status: 404, message: 'Cuộc trò chuyện này không còn. Vui lòng bắt đầu lại.' },
  'turn-not-found': { status: 404, message: 'Không tìm thấy câu trả lời này.' },
  'not-found': { status: 404, message: 'Không tìm thấy nội dung anh/chị yêu cầu.' },
  'method-not-allowed': { status: 405, message: 'Cách gọi này không được hỗ trợ.' },
  'rate-limited': { status: 429, message: 'Anh/chị gửi hơi nhanh. Vui lòng chờ một lát rồi thử lại.' },
  'signed-out': { status: 401, message: 'Anh/chị cần đăng nhập để tiếp tục.' },
  'wrong-credentials': { status: 401, message: 'Email hoặc mật khẩu chưa đúng.' },
  forbidden: { status: 403, message: 'Tài khoản của anh/chị không có quyền làm việc này.' },
  'too-many-attempts': {
    status: 429,
    message: 'Anh/chị đã nhập sai nhiều lần. Vui lòng chờ ít phút rồi thử lại.',
  },
  'wrong-signature': { status: 403, message: 'Yêu cầu không mang chữ ký đúng.' },
  'wrong-origin': { status: 403, message: 'Yêu cầu không đến từ trang quản trị. Vui lòng tải lại trang.' },
  'password-too-short': { status: 400, message: 'Mật khẩu cần có ít nhất 12 ký tự.' },
  'invalid-email': { status: 400, message: 'Địa chỉ email chưa đúng.' },
  'link-not-valid': { status: 410, message: 'Liên kết này đã được dùng hoặc đã hết hạn.' },
  conflict: { status: 409, message: 'Nội dung vừa được người khác thay đổi. Vui lòng tải lại.' },
  'not-ready': { status: 503, message: 'Hệ thống đang khởi động. Vui lòng thử lại sau ít phút.' },
  internal: { status: 500, message: 'Hệ thống gặp sự cố. Vui lòng thử lại sau ít phút.' },
  'web-not-built': { status: 503, message: 'Giao diện đang được chuẩn bị. Vui lòng quay lại sau ít phút.' },
  // The process cannot start or a command cannot run; these never reach a citizen.
  'config-invalid': { status: 500, message: 'Cấu hình chưa đúng.' },
  'knowledge-invalid': { status: 500, message: 'Dữ liệu câu hỏi và trả lời có lỗi.' },
  'platform-refused': { status: 502, message: 'Nền tảng nhắn tin chưa nhận yêu cầu.' },
  'port-in-use': { status: 500, message: 'Cổng mạng đang được chương trình khác sử dụng.' },
  'store-locked': { status: 500, message: 'Thư mục dữ liệu đang được một tiến trình khác sử dụng.' },
  'store-corrupt': { status: 500, message: 'Tệp dữ liệu bị hỏng.' },
} as const satisfies Record<string, { status: number; message: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** A broken promise: a code, what failed and what to do (English, for operators), and the cause. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: Record<string, unknown>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; details?: Record<string, unknown> } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
  }

  get status(): number {
    return ERROR_CODES[this.code].status;
  }
}
