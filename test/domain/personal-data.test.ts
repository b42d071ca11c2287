import { describe, expect, it } from 'vitest';
import { maskPersonalData } from '../../src/domain/personal-data.ts';

describe('what tells who the citizen is does not stay in a text', () => {
  it.each([
    ['cccd của tôi là 022199001234 mất rồi', 'cccd của tôi là [số định danh] mất rồi'],
    ['cmnd 100 123 456', 'cmnd [số định danh]'],
    ['gọi cho em 0912345678 nhé', 'gọi cho em [số điện thoại] nhé'],
    ['sđt 0912.345.678, +84 912 345 678', 'sđt [số điện thoại], [số điện thoại]'],
    ['máy bàn 02033 825 489', 'máy bàn [số điện thoại]'],
    ['mail nguyen.van.a@gmail.com ạ', 'mail [email] ạ'],
    ['stk 19036512345678 techcombank', 'stk [dãy số] techcombank'],
    ['tôi ở số nhà 12 ngõ 5 đường Trần Phú, làm tạm trú', 'tôi ở [địa chỉ], làm tạm trú'],
    ['0912345678', '[số điện thoại]'],
    ['sđt.0912345678 zalo,0987654321', 'sđt.[số điện thoại] zalo,[số điện thoại]'],
    ['0912345678/0987654321', '[số điện thoại]/[số điện thoại]'],
    ['sinh 01/07/1990 0912345678', 'sinh 01/07/1990 [số điện thoại]'],
    ['cccd 001.203.004.567', 'cccd [số định danh]'],
    ['địa chỉ: số 12 (ngõ 5) Trần Phú, Hạ Long', '[địa chỉ], Hạ Long'],
    [
      'ở số nhà 12 ngõ 5 đường trần phú phường hồng gai tỉnh quảng ninh muốn đăng ký tạm trú thì cần gì ạ',
      'ở [địa chỉ] cần gì ạ',
    ],
    ['gọi (0912) 345 678 nhé', 'gọi [số điện thoại] nhé'],
    ['0912/345/678 hoặc 0912_345_678', '[số điện thoại] hoặc [số điện thoại]'],
    ['0912 - 345 - 678', '[số điện thoại]'],
    ['0912  345  678', '[số điện thoại]'],
    ['０９１２３４５６７８', '[số điện thoại]'],
    ['09\u200b12345678', '[số điện thoại]'],
    ['0912345678/0987654321', '[số điện thoại]/[số điện thoại]'],
    ['0912345678, 0987654321', '[số điện thoại], [số điện thoại]'],
    ['cccd 022.199.001.234', 'cccd [số định danh]'],
    ['cmnd 100.123.456', 'cmnd [số định danh]'],
    ['hộ chiếu C1234567 của em', 'hộ chiếu [số hộ chiếu] của em'],
    ['an.nguyen @ gmail . com', '[email]'],
    ['an.nguyen(a)gmail.com', '[email]'],
    ['tôi ở 12/5 Trần Phú', 'tôi ở [địa chỉ]'],
  ])('%s', (text, masked) => {
    expect(maskPersonalData(text)).toBe(masked);
  });
});

describe('what tells nobody stays', () => {
  it.each([
    'thủ tục 1.001193 lệ phí 8.000 đồng',
    'sinh ngày 01/07/2025 hoặc 01-07-2025',
    'từ 01.07.1990 12/10/2020',
    'hết 1.500.000 đồng',
    'nghị định 123/2015/NĐ-CP',
    'từ 12.000.000-15.000.000 đồng',
    'thủ tục 1.001193 và 1.004222',
    'từ 01/07/2025 đến 31/12/2026 có 2 đợt',
    'ở đây nộp 2 bộ hồ sơ',
    'năm 2025 có 12 tháng',
  ])('%s', text => {
    expect(maskPersonalData(text)).toBe(text);
  });
});
