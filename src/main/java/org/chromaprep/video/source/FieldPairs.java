package org.chromaprep.video.source;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParserContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Finds out which packets are the second field of the picture that the packet before began: containers such as MPEG-TS have
 * the two fields of an interlaced H.264 picture apart. The owner closes it. One thread.
 */
final class FieldPairs implements AutoCloseable {
    private final AVCodecParserContext parser;
    private final AVCodecContext context;
    private final PointerPointer<BytePointer> out = new PointerPointer<>(1L);
    private final IntPointer outSize = new IntPointer(1L);
    private Field open = Field.NONE;

    /**
     * A field by its parity and its place in the display order, which differs by one between the fields of a picture.
     *
     * @param structure FFmpeg's number for top, bottom or both
     */
    record Field(int structure, int order) {
        static final Field NONE = new Field(avcodec.AV_PICTURE_STRUCTURE_UNKNOWN, 0);

        boolean isField() {
            return structure == avcodec.AV_PICTURE_STRUCTURE_TOP_FIELD
                    || structure == avcodec.AV_PICTURE_STRUCTURE_BOTTOM_FIELD;
        }

        boolean completes(Field first) {
            return isField() && first.isField() && structure != first.structure && Math.abs(order - first.order) <= 1;
        }
    }

    private FieldPairs(AVCodecParserContext parser, AVCodecContext context) {
        this.parser = parser;
        this.context = context;
    }

    /** For one stream; for all but H.264 it finds no fields. */
    static FieldPairs of(AVStream stream) {
        var isSplit = stream.codecpar().codec_id() == avcodec.AV_CODEC_ID_H264;
        var parser = isSplit ? avcodec.av_parser_init(avcodec.AV_CODEC_ID_H264) : null;
        var context = parser == null ? null : avcodec.avcodec_alloc_context3(null);
        if (parser == null || context == null) {
            return new FieldPairs(new AVCodecParserContext((Pointer) null), new AVCodecContext((Pointer) null));
        }
        avcodec.avcodec_parameters_to_context(context, stream.codecpar());
        parser.flags(AVCodecParserContext.PARSER_FLAG_COMPLETE_FRAMES);
        return new FieldPairs(parser, context);
    }

    /** Whether a packet, of those in decoding order the next, holds the other field of the one before. */
    boolean completes(AVPacket packet) {
        if (parser.isNull() || packet.data() == null || packet.size() == 0) {
            return false;
        }
        avcodec.av_parser_parse2(
                parser,
                context,
                out,
                outSize,
                packet.data(),
                packet.size(),
                avutil.AV_NOPTS_VALUE(),
                avutil.AV_NOPTS_VALUE(),
                packet.pos());
        var field = new Field(parser.picture_structure(), parser.output_picture_number());
        var second = field.completes(open);
        open = second || !field.isField() ? Field.NONE : field;
        return second;
    }

    @Override
    public void close() {
        if (!parser.isNull()) {
            avcodec.av_parser_close(parser);
            parser.setNull();
            avcodec.avcodec_free_context(context);
        }
        out.close();
        outSize.close();
    }
}
