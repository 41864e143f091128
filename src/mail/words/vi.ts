import { list } from "./list.ts";
import type { LanguageWords } from "./types.ts";

export const VI: LanguageWords = {
  code: "vi",
  name: "Vietnamese",
  wrote: list("đã viết · đã viết như sau · viết rằng · đã viết thư · đã soạn · viết như sau"),
  attributionOpeners: list("vào · vào lúc · vào ngày · ngày · lúc · trong · vào thứ"),
  fields: {
    from: list("từ · người gửi · gửi từ · được gửi từ · gửi bởi"),
    sent: list(
      "đã gửi · ngày · ngày gửi · đã gửi vào · thời gian gửi · đã gửi lúc · gửi lúc · gửi ngày · ngày giờ · gửi vào · nhận lúc",
    ),
    to: list("đến · tới · người nhận · gửi đến · gửi tới"),
    cc: list("cc · đồng gửi · sao · bản sao · đồng kính gửi"),
    bcc: list("bcc · bản sao ẩn · đồng gửi ẩn"),
    replyTo: list("trả lời đến · trả lời tới · phản hồi tới · trả lời cho · phản hồi đến"),
    subject: list("chủ đề · tiêu đề · về việc · v/v"),
    attachments: list("phần đính kèm · tệp đính kèm · đính kèm · tập tin đính kèm · tài liệu đính kèm"),
    importance: list("tầm quan trọng · quan trọng · mức độ quan trọng · ưu tiên · độ ưu tiên"),
  },
  originalMessage: list(
    "thư gốc · tin nhắn gốc · thư ban đầu · thông điệp gốc · nội dung thư gốc · email gốc · thư nguyên bản · tin nhắn ban đầu · cuộc hẹn gốc · thư gốc từ",
  ),
  forwardedMessage: list(
    `thư đã chuyển tiếp · thư được chuyển tiếp · tin nhắn được chuyển tiếp · tin nhắn đã chuyển tiếp · thư chuyển tiếp · email được chuyển tiếp · email đã chuyển tiếp · thông điệp đã chuyển tiếp
     · thông điệp được chuyển tiếp · bắt đầu thư được chuyển tiếp · bắt đầu thư đã chuyển tiếp · bắt đầu tin nhắn được chuyển tiếp · bắt đầu thư chuyển tiếp · chuyển tiếp bởi
     · được chuyển tiếp bởi · hết thư được chuyển tiếp · kết thúc thư được chuyển tiếp`,
  ),
  sentFrom: list(
    `đã gửi từ {} của tôi · được gửi từ {} của tôi · gửi từ {} của tôi · đã gửi từ {} · được gửi từ {} · gửi từ {} · đã gửi bằng {} · gửi bằng {} · được gửi bằng {} · được gửi qua {} · đã gửi qua {}
     · đã gửi thông qua {} · được gửi từ điện thoại {} · đã gửi từ điện thoại {} · đã gửi từ điện thoại của tôi · gửi từ điện thoại của tôi · được gửi từ điện thoại của tôi · gửi từ điện thoại di động
     · đã gửi từ thiết bị di động của tôi · được gửi từ thiết bị di động · đã gửi từ thiết bị {} · được gửi từ thiết bị {} của tôi · tải outlook cho {} · tải xuống outlook cho {}
     · nhận outlook cho {} · lấy outlook cho {} · tải outlook dành cho {} · tải xuống outlook dành cho {} · đã gửi từ outlook cho {} · được gửi từ outlook cho {}
     · được gửi từ thư dành cho windows · được gửi từ thư dành cho windows 10 · đã gửi từ thư dành cho windows · đã gửi từ thư dành cho windows 10 · được gửi từ thư cho windows 10
     · đã gửi từ yahoo mail trên {} · được gửi từ yahoo mail trên {} · đã gửi từ yahoo mail cho {} · đã gửi từ yahoo mail · đã gửi bằng proton mail · được gửi bằng proton mail
     · đã gửi bằng email bảo mật proton mail · được gửi bằng email an toàn của proton mail · được gửi từ điện thoại thông minh samsung galaxy của tôi
     · đã gửi từ điện thoại thông minh samsung galaxy của tôi · được gửi từ galaxy của tôi · đã gửi từ điện thoại huawei · được gửi từ thiết bị android của tôi bằng {}`,
  ),
  closings: list(
    `trân trọng · trân trọng, · trân trọng cảm ơn · trân trọng kính chào · kính thư · kính chào · kính · thân · thân mến · thân ái · thân chào · chân thành cảm ơn · xin cảm ơn · xin chân thành cảm ơn
     · cảm ơn · cám ơn · cảm ơn và trân trọng · cảm ơn trước · xin cảm ơn trước · chúc một ngày tốt lành · chúc bạn một ngày tốt lành · chúc anh chị một ngày tốt lành · trân trọng và cảm ơn
     · best regards · xin trân trọng cảm ơn · trân trọng kính chào, · một lần nữa xin cảm ơn`,
  ),
  outOfOffice: list(
    `trả lời tự động · thư trả lời tự động · tự động trả lời · phản hồi tự động · thư tự động · trả lời tự động từ · thư phản hồi tự động
     · tin nhắn tự động · vắng mặt · vắng mặt tại văn phòng · không có mặt tại văn phòng · ngoài văn phòng · ngoài giờ làm việc
     · tôi không có mặt tại văn phòng · tôi đang nghỉ phép · đang nghỉ phép · thông báo vắng mặt · thông báo nghỉ phép · {} đang nghỉ phép
     · {} vắng mặt · {} không có mặt tại văn phòng`,
  ),
  undeliverable: list(
    `không gửi được · không thể gửi · không thể gửi thư · không gửi được thư · thư không gửi được · thư không thể gửi · không chuyển được · không thể chuyển phát · không thể chuyển thư · gửi thư thất bại
     · gửi thất bại · gửi không thành công · thư gửi không thành công · lỗi gửi thư · lỗi gửi mail · thông báo trạng thái gửi · thông báo trạng thái gửi thư · thông báo không gửi được thư
     · thư bị trả lại · thư bị trả về · gửi bị trì hoãn · thư bị trì hoãn · báo cáo không gửi được`,
  ),
  replyPrefixes: list("trả lời · trl · tl · phản hồi · re"),
  forwardPrefixes: list("chuyển tiếp · ct · fw · fwd"),
  thanks: {
    thanks: list(
      `cảm ơn · cám ơn · cảm ơn bạn · cám ơn bạn · cảm ơn nhiều · cám ơn nhiều · cảm ơn rất nhiều · cám ơn rất nhiều · xin cảm ơn · xin cám ơn · cảm ơn anh · cảm ơn chị · cảm ơn em · cảm ơn các bạn
       · cảm ơn anh chị · cảm ơn anh/chị · chân thành cảm ơn · xin chân thành cảm ơn · rất cảm ơn · trân trọng cảm ơn · tôi cảm ơn · em cảm ơn · mình cảm ơn · cảm ơn quý công ty · cam on · cam on ban
       · cam on nhieu · cảm tạ · biết ơn · tks · thanks · thank you`,
    ),
    around: list(
      `ok · okay · oke · được rồi · tốt · tốt quá · rất tốt · tốt lắm · tuyệt · tuyệt vời · hoàn hảo · hay quá · dạ · dạ vâng · đồng ý · đã hoạt động · bây giờ đã hoạt động · đã hoạt động rồi · hoạt động tốt
       · hoạt động rồi · đã xong · xong rồi · đã giải quyết · đã được giải quyết · đã giải quyết xong · vấn đề đã được giải quyết · đã sửa · mọi thứ đều ổn · ổn rồi · ổn · mọi việc đều ổn · bây giờ · lần nữa
       · một lần nữa · vì · về · đã · sự · giúp đỡ · sự giúp đỡ · hỗ trợ · sự hỗ trợ · trả lời · phản hồi · câu trả lời · giải đáp · giải thích · thông tin · nhanh · nhanh chóng · kịp thời · nhiệt tình · tận tình
       · chu đáo · kiên nhẫn · thời gian · rất · nhiều · thật sự · tất cả · mọi người · mọi · quý công ty · anh · chị · em · bạn · các bạn · anh chị · chúc · chúc bạn · một ngày · tốt lành · ngày · vui vẻ · cuối tuần
       · một ngày tốt lành · ngày tốt lành · cuối tuần vui vẻ · ngày mới tốt lành · đã nhận · tôi đã nhận được · đã nhận được · đã hiểu · tôi đã hiểu · hiểu rồi · nhận được rồi · cũng vậy · nhé · ạ · nha · tôi · mình
       · và · của · cho · rồi · dịch vụ`,
    ),
    doubt: list(
      `nhưng · tuy nhiên · song · không · chưa · vẫn · vẫn chưa · vẫn còn · vẫn không · chẳng · tiếc là · rất tiếc · đáng tiếc · vấn đề khác · vấn đề vẫn · lỗi · bị lỗi · hỏng · thất bại · sai · có thể · được không
       · vui lòng · xin vui lòng · làm ơn · xin hãy · hãy · khi nào · bao giờ · tại sao · vì sao · sao · như thế nào · thế nào · cái gì · gì · ở đâu · đâu · ai · nào · cần · phải · muốn · khác · ngoài ra · ngoại trừ · chỉ
       · câu hỏi · hỏi · chờ · đợi · mong · trước · gọi · hủy · huỷ · hoàn tiền · trả hàng · khiếu nại · phàn nàn · tệ hơn · nếu · bao lâu · thiếu · nhờ · à
       · vâng · có · cả hai · nhỏ · vừa · lớn · đỏ · xanh · đen · trắng · ngày mai · hôm nay · đang đợi · đang chờ
       · bây giờ thì sao`,
    ),
    greetings: list(
      `chào · xin chào · chào bạn · chào anh · chào chị · chào em · chào anh chị · chào các bạn · kính gửi · thân gửi · kính chào · chào buổi sáng · chào buổi chiều · chào buổi tối · dạ chào · gửi
       · gửi anh · gửi chị · gửi bạn · alo · hello · hi · kính chào quý công ty`,
    ),
  },
};
