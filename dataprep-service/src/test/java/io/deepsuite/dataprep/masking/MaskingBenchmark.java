package io.deepsuite.dataprep.masking;

import io.deepsuite.servicekit.privacy.PersonalDataScanner;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Measures masking on one thread, on generated text of chat messages in Chinese and English; prints MB (10^6 bytes of UTF-8) per second of processor time,
 * which is per core. A program, not a test: its numbers belong to the machine.
 */
public final class MaskingBenchmark {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int MESSAGES = 4_000;
    private static final int ROUNDS = 12;
    private static final int PASSES = 20;
    private static final List<String> PROSE = List.of(
            "请联系客户确认订单状态，谢谢。",
            "推理服务在凌晨两点重启过一次，需要查看日志里的错误。",
            "Please check the order status and call the customer back. ",
            "The inference service was restarted at 02:13:45 on 2026-11-22, version 1.4.12. ",
            "金额为 1,299.00 元，订单号 20261122000183746512，",
            "request id 0f47ac1b-58cc-4372-a567-0e02b2c3d479; ",
            "这款羽绒服采用白鹅绒填充，轻盈保暖，适合冬季日常通勤。",
            "\n");
    private static final List<String> PERSONAL = List.of(
            "13812345678",
            "+86 139 1234 5678",
            "zhang.san@example.com",
            "11010519491231002X",
            "4111 1111 1111 1111",
            "6205500000000000004");

    private MaskingBenchmark() {}

    /** Measures text without, with little and with much personal data. */
    public static void main(String[] arguments) {
        for (double share : new double[] {0, 0.02, 0.2}) {
            measure(share);
        }
    }

    /** @param share of fragments that are personal data */
    private static void measure(double share) {
        var messages = messages(share);
        long bytes = messages.stream().mapToLong(Utf8::length).sum();
        var masker = new Masker(new PersonalDataScanner(Clock.systemUTC()));
        double best = 0;
        double sum = 0;
        long values = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            for (int pass = 0; pass < PASSES; pass++) {
                for (String message : messages) {
                    values += masker.mask(List.of(message)).values().size();
                }
            }
            double rate = bytes * PASSES * 1_000.0 / (THREADS.getCurrentThreadCpuTime() - start);
            best = Math.max(best, rate);
            sum += round < ROUNDS / 2 ? 0 : rate;
        }
        System.out.printf(
                "personal share %.2f: %.0f MB/s mean of the last %d rounds, %.0f MB/s best (%d bytes, %d values a pass)%n",
                share, sum / (ROUNDS - ROUNDS / 2), ROUNDS - ROUNDS / 2, best, bytes, values / ROUNDS / PASSES);
    }

    private static List<String> messages(double share) {
        var random = new SplittableRandom(1);
        return random.ints(MESSAGES, 5, 40)
                .mapToObj(fragments -> {
                    var message = new StringBuilder();
                    for (int i = 0; i < fragments; i++) {
                        var from = random.nextDouble() < share ? PERSONAL : PROSE;
                        message.append(from.get(random.nextInt(from.size())));
                    }
                    return message.toString();
                })
                .toList();
    }
}
