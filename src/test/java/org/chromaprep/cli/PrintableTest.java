package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
    private static final Pattern HIDDEN =
            Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\u202A-\u202E\u2066-\u2069\uFEFF]");

    @Property(seed = "20")
    void everyTextIsOneLineWithoutControls(@ForAll String text) {
        assertThat(HIDDEN.matcher(Printable.line(text)).find()).isFalse();
    }

    @Test
    void whatMovesCursorsOrBeginsLinesIsWrittenOut() {
        assertThat(Printable.line("film\nother: done: 9 frames written.mp4"))
                .isEqualTo("film\\nother: done: 9 frames written.mp4");
        assertThat(Printable.line("\u001b[2Jx\r\t\u007f\u009b")).isEqualTo("\\u001b[2Jx\\r\\t\\u007f\\u009b");
        assertThat(Printable.line("a\u202Egpj.exe")).isEqualTo("a\\u202egpj.exe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"動画 é.mp4", "فیلم\u200Cها", "👨\u200D👩\u200D👧.mkv", "C:\\films\\new"})
    void namesInAnyLanguageStayAsTheyAre(String name) {
        assertThat(Printable.line(name)).isEqualTo(name);
    }
}
