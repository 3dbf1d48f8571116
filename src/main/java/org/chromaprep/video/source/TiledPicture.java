package org.chromaprep.video.source;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avformat.AVStreamGroup;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.chromaprep.video.FrameTime;
import org.chromaprep.video.Orientation;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.SourceTraits;
import org.chromaprep.video.VideoSource;
import org.chromaprep.video.ffmpeg.FfmpegErrors;
import org.chromaprep.video.frame.FramePreparation;

/**
 * A picture that is stored in tiles (HEIF: HEIC and AVIF), put together on opening: each tile is a stream of the container with
 * one packet. A picture that lacks a tile is refused. Closes what it reads. One thread.
 */
final class TiledPicture implements VideoSource {
    private static final int AV_FRAME_CROP_UNALIGNED = 1;

    private final OpenInput media;
    private final AVFrame whole = avutil.av_frame_alloc();
    private final FramePreparation preparation;
    private final SourceInfo info;
    private final Orientation orientation;
    private boolean read;

    private TiledPicture(OpenInput media, AVStreamGroup group) throws SourceException {
        this.media = media;
        this.preparation = new FramePreparation(
                media.stream().codecpar(), media.options().reading().light());
        var done = false;
        try {
            compose(group);
            orientation = orientation(group);
            var light = preparation.light(whole, false);
            preparation.prepare(whole, false);
            var traits = new SourceTraits(light.label(), preparation.isKnown(light), Optional.empty(), media.notes());
            info = StreamFacts.describe(media, whole, orientation, 0, traits);
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    /**
     * Opens what a container holds: a picture in tiles, or a film.
     *
     * @param media closed with the source, or here if this fails
     * @param heart beats at every step
     * @throws SourceException if there is no frame
     */
    static VideoSource orFilm(OpenInput media, Heartbeat heart) throws SourceException {
        var group = groupOf(media.container(), media.stream().index());
        return group.isPresent() ? new TiledPicture(media, group.get()) : FilmSource.of(media, heart);
    }

    /** The tiles that a stream is one of. */
    static Optional<AVStreamGroup> groupOf(AVFormatContext container, int stream) {
        for (var number = 0; number < container.nb_stream_groups(); number++) {
            var group = container.stream_groups(number);
            if (group.type() != avformat.AV_STREAM_GROUP_PARAMS_TILE_GRID
                    || group.params_tile_grid().nb_tiles() < 1) {
                continue;
            }
            for (var index = 0; index < group.nb_streams(); index++) {
                if (group.streams(index).index() == stream) {
                    return Optional.of(group);
                }
            }
        }
        return Optional.empty();
    }

    private void compose(AVStreamGroup group) throws SourceException {
        var grid = group.params_tile_grid();
        if ((long) grid.coded_width() * grid.coded_height() > media.options().maxPixels()
                || grid.coded_width() < 1
                || grid.coded_height() < 1) {
            throw new SourceException(media.name() + " is a picture of " + grid.coded_width() + "x"
                    + grid.coded_height() + ", which is not within the limit of "
                    + media.options().maxPixels() + " pixels; scale it down first.");
        }
        for (var index = 0; index < group.nb_streams(); index++) {
            group.streams(index).discard(avcodec.AVDISCARD_DEFAULT);
        }
        var tiles = new HashMap<Integer, AVFrame>();
        try {
            decodeAll(group, tiles);
            for (var tile = 0; tile < grid.nb_tiles(); tile++) {
                var frame = grid.offsets_idx(tile) < group.nb_streams()
                        ? tiles.get(group.streams(grid.offsets_idx(tile)).index())
                        : null;
                if (frame == null) {
                    throw new SourceException(media.name() + " lacks tile " + tile + " of " + grid.nb_tiles()
                            + "; open it in another program to see whether it is whole.");
                }
                place(
                        frame,
                        grid.coded_width(),
                        grid.coded_height(),
                        grid.offsets_horizontal(tile),
                        grid.offsets_vertical(tile));
            }
        } finally {
            tiles.values().forEach(avutil::av_frame_free);
        }
        whole.crop_left(grid.horizontal_offset()).crop_top(grid.vertical_offset());
        whole.crop_right(Math.max(0, grid.coded_width() - grid.horizontal_offset() - grid.width()));
        whole.crop_bottom(Math.max(0, grid.coded_height() - grid.vertical_offset() - grid.height()));
        check(avutil.av_frame_apply_cropping(whole, AV_FRAME_CROP_UNALIGNED));
    }

    private void decodeAll(AVStreamGroup group, Map<Integer, AVFrame> tiles) throws SourceException {
        var packet = avcodec.av_packet_alloc();
        try {
            while (tiles.size() < group.nb_streams() && media.read(packet) >= 0) {
                var index = packet.stream_index();
                if (groupOf(media.container(), index).isPresent() && !tiles.containsKey(index)) {
                    tiles.put(index, decode(media.container().streams(index), packet));
                }
                avcodec.av_packet_unref(packet);
            }
        } finally {
            avcodec.av_packet_free(packet);
        }
    }

    private AVFrame decode(AVStream stream, AVPacket packet) throws SourceException {
        var codec = avcodec.avcodec_find_decoder(stream.codecpar().codec_id());
        AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
        var frame = avutil.av_frame_alloc();
        var done = false;
        try {
            avcodec.avcodec_parameters_to_context(context, stream.codecpar());
            context.max_pixels(media.options().maxPixels());
            check(avcodec.avcodec_open2(context, codec, (AVDictionary) null));
            check(avcodec.avcodec_send_packet(context, packet));
            avcodec.avcodec_send_packet(context, null);
            check(avcodec.avcodec_receive_frame(context, frame));
            done = true;
            return frame;
        } finally {
            avcodec.avcodec_free_context(context);
            if (!done) {
                avutil.av_frame_free(frame);
            }
        }
    }

    private void place(AVFrame tile, int width, int height, int left, int top) throws SourceException {
        if (whole.width() == 0) {
            whole.format(tile.format()).width(width).height(height);
            check(avutil.av_frame_get_buffer(whole, 0));
            avutil.av_frame_copy_props(whole, tile);
        }
        var descriptor = avutil.av_pix_fmt_desc_get(whole.format());
        if (tile.format() != whole.format()
                || left < 0
                || top < 0
                || left + tile.width() > width
                || top + tile.height() > height) {
            throw new SourceException(
                    media.name() + " has tiles that do not fit together; open it in another program to see"
                            + " whether it is whole.");
        }
        for (var plane = 0; plane < avutil.av_pix_fmt_count_planes(whole.format()); plane++) {
            var isChroma = plane == 1 || plane == 2;
            var rows = isChroma ? descriptor.log2_chroma_h() : 0;
            var bytes = left == 0 ? 0 : avutil.av_image_get_linesize(whole.format(), left, plane);
            var data = whole.data(plane);
            var to = new BytePointer(data)
                    .position(data.position() + (long) (top >> rows) * whole.linesize(plane) + bytes);
            avutil.av_image_copy_plane(
                    to,
                    whole.linesize(plane),
                    tile.data(plane),
                    tile.linesize(plane),
                    avutil.av_image_get_linesize(tile.format(), tile.width(), plane),
                    -(-tile.height() >> rows));
        }
    }

    private Orientation orientation(AVStreamGroup group) {
        var grid = group.params_tile_grid();
        var turned = StreamFacts.orientation(grid.coded_side_data(), grid.nb_coded_side_data());
        return turned.equals(Orientation.UPRIGHT) ? StreamFacts.orientation(media.stream()) : turned;
    }

    private void check(int code) throws SourceException {
        if (code < 0) {
            throw new SourceException(media.name() + " has a tile that cannot be decoded ("
                    + FfmpegErrors.describe(code) + "); open it in another program to see whether it is whole.");
        }
    }

    @Override
    public SourceInfo info() {
        return info;
    }

    @Override
    public ReadResult read(Picture into) {
        if (read) {
            return new EndOfStream();
        }
        read = true;
        var time = new FrameTime(0, OptionalLong.of(0), 0);
        into.take(whole, time, orientation);
        return new FrameRead(time, 1 / info.frameRate().value(), false, Optional.empty());
    }

    @Override
    public void close() {
        if (!whole.isNull()) {
            avutil.av_frame_free(whole);
            whole.setNull();
        }
        preparation.close();
        media.close();
    }
}
