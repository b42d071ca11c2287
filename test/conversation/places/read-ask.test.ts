import { beforeAll, describe, expect, it } from 'vitest';
import { readPlaceQuestion } from '../../../src/conversation/places/decide-lookup.ts';
import { findPlaces } from '../../../src/conversation/places/find-places.ts';
import { type Gazetteer, gazetteerOf } from '../../../src/conversation/places/gazetteer.ts';
import { isRole, readAsk } from '../../../src/conversation/places/read-ask.ts';
import { readCentre } from '../../../src/read-centre.ts';

let gazetteer: Gazetteer;
beforeAll(async () => {
  gazetteer = gazetteerOf(await readCentre('seeds/quang-ninh/centre.yaml'))!;
});

const read = (text: string) => readAsk(findPlaces(text, gazetteer));

describe('what is asked about a place', () => {
  it.each([
    ['xã Quảng La nhập vào xã nào', 'merger'],
    ['phuong hong gai gom nhung phuong nao cu', 'merger'],
    ['thị trấn Trới giờ thuộc đâu', 'merger'],
    ['Hồng Hải bây giờ gọi là gì', 'merger'],
    ['phường Hồng Hải đổi tên thành gì rồi ạ', 'merger'],
    ['UBND phường Hồng Hải cũ giờ ở đâu', 'where'],
    ['em ở Bãi Cháy thì ra chỗ nào', 'where'],
    ['Hồng Hải', null],
  ])('"%s" asks for: %s', (text, about) => {
    expect(read(text)).toMatchObject({ about, isAll: true });
  });

  it.each([
    ['số điện thoại công an xã Quảng La', ['police'], ['phone']],
    ['cho e xin sdt ca p.bai chay voi a', ['police'], ['phone']],
    ['muốn gọi cho ủy ban phường Hà Tu thì gọi số nào', ['committee'], ['phone']],
    ['trực ban công an phường hồng gai', ['police'], ['phone']],
    ['chủ tịch UBND phường Hồng Gai là ai', ['chair'], ['name']],
    ['phó chủ tịch xã Điền Xá tên gì', ['viceChair'], ['name']],
    ['công an phường Cao Xanh thứ 7 có làm việc không', ['police'], ['hours']],
    ['trung tâm hành chính công xã Tiên Yên mấy giờ mở cửa', ['centre'], ['hours']],
    ['địa chỉ trạm y tế xã Điền Xá', ['health'], ['address']],
  ])('"%s" asks an office', (text, roles, fields) => {
    expect(read(text)).toMatchObject({ roles, fields, isAll: true });
  });

  it.each([
    'ở Cẩm Phả làm sổ đỏ nộp ở đâu',
    'hộ khẩu ở Hồng Hải',
    'cccd phường Hồng Hải làm ở đâu',
    'khai sinh o bai chay ra dau',
    'đổi số điện thoại VNeID ở công an phường Hà Tu',
    'tố cáo chủ tịch xã Quảng La',
  ])('is not all that is said: %s', text => {
    expect(read(text).isAll).toBe(false);
  });

  it.each([
    'đăng ký kết hôn cần gì',
    'số điện thoại trung tâm',
    'thứ 7 phường có mở không',
    'gọi công an số mấy',
  ])('is nothing where neither a place nor a commune’s office is named: %s', text => {
    expect(readPlaceQuestion(text, null, gazetteer)).toBeNull();
  });
});

describe('a role as staff write it', () => {
  it.each([
    ['Công an phường', 'police'],
    ['UBND', 'committee'],
    ['Ủy ban nhân dân xã', 'committee'],
    ['Chủ tịch UBND', 'chair'],
    ['Phó Chủ tịch UBND xã', 'viceChair'],
    ['Trung tâm Phục vụ hành chính công', 'centre'],
  ] as const)('%s is found as %s', (written, role) => {
    expect(isRole(written, role)).toBe(true);
  });

  it('is not mixed up with the committee that it belongs to', () => {
    expect(isRole('Chủ tịch UBND', 'committee')).toBe(false);
    expect(isRole('Phó Chủ tịch UBND', 'chair')).toBe(false);
  });
});
