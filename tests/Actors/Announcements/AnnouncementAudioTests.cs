using TeleCube.Actors.Announcements;
using TeleCube.Kernel.Sharding;
using TeleCube.Media.Conversion;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests.Announcements;

/// <summary>What is kept of an upload, and when there is no room for it.</summary>
public sealed class AnnouncementAudioTests : IDisposable
{
    static readonly TenantId _tenant = new("firmaabcde");

    readonly MemoryBlobs _blobs = new();
    readonly AudioConverter _converter = new(new ConversionLimits(), null);

    public void Dispose() => _converter.Dispose();

    [Fact]
    public async Task A_folder_takes_so_much_and_no_more_whether_anything_names_it_or_not()
    {
        var bytes = (await Bytes("measured")).Length;
        _blobs.Holds("announcements/firmaabcde/replaced.wav", AnnouncementAudio.MostBytes - bytes);
        _blobs.Holds("announcements/another/large.wav", AnnouncementAudio.MostBytes);

        Assert.Null((await Keep(_tenant)).NoRoom);
        var refused = await Keep(_tenant);
        Assert.Equal(Refusals.TooMuchAudio, refused.NoRoom?.Code);
        Assert.Equal(2, _blobs.List(AnnouncementFiles.Folder(_tenant)!.Value).Count);
    }

    [Fact]
    public async Task What_is_discarded_is_gone()
    {
        var kept = await Keep(_tenant);
        Assert.Equal([kept.File], _blobs.Names);
        Audio.Discard(kept);
        Assert.Empty(_blobs.Names);
    }

    AnnouncementAudio Audio => new(_converter, _blobs, TimeProvider.System);

    async Task<KeptAudio> Keep(TenantId tenant)
    {
        using var upload = new MemoryStream(Wav.Pcm(Tones.Sine(700, 8000)));
        return await Audio.Keep(tenant, upload);
    }

    async Task<byte[]> Bytes(string tenant)
    {
        using var copy = new MemoryStream();
        await _blobs.Open((await Keep(new TenantId(tenant))).File)!.CopyToAsync(copy);
        return copy.ToArray();
    }
}
