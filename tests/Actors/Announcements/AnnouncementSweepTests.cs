using TeleCube.Actors.Announcements;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Tests.Tenants;
using TeleCube.Kernel.Persistence;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests.Announcements;

public sealed class AnnouncementSweepTests
{
    const string Folder = "announcements/firmaabcde/", Other = "announcements/another-nodes-tenant/left.wav";

    readonly ManualClock _clock = new(TenantSpec.Now);
    readonly MemoryBlobs _blobs;
    readonly TenantRegistry _tenants = new();
    readonly AnnouncementSweep _sweep;

    public AnnouncementSweepTests()
    {
        _blobs = new MemoryBlobs(_clock);
        _sweep = new AnnouncementSweep(_tenants, _blobs, _clock);
        _blobs.Holds(Folder + "a.wav");
        _blobs.Holds(Folder + "b.wav");
        _blobs.Holds(Other);
        Names("a.wav");
    }

    [Fact]
    public async Task What_nothing_names_goes_after_a_day_and_nothing_else()
    {
        Assert.Equal(0, await _sweep.Run());
        _clock.Advance(AnnouncementSweep.Spares + TimeSpan.FromSeconds(1));
        _blobs.Holds(Folder + "young.wav");
        Assert.Equal(1, await _sweep.Run());
        Assert.Equal([Other, Folder + "a.wav", Folder + "unnamed/young.wav", Folder + "young.wav"], Left);
    }

    [Fact]
    public async Task The_day_begins_when_it_lost_its_name_however_old_it_is()
    {
        _clock.Advance(TimeSpan.FromDays(30));
        await _sweep.Run();
        Names("b.wav");
        await _sweep.Run();
        _clock.Advance(AnnouncementSweep.Spares - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await _sweep.Run());
        Assert.Contains(Folder + "a.wav", Left);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, await _sweep.Run());
        Assert.Equal([Other, Folder + "b.wav"], Left);
    }

    [Fact]
    public async Task What_got_its_name_back_has_a_whole_day_again()
    {
        await _sweep.Run();
        _clock.Advance(TimeSpan.FromHours(23));
        Names("b.wav");
        await _sweep.Run();
        Names("a.wav");
        await _sweep.Run();
        _clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(0, await _sweep.Run());
        Assert.Contains(Folder + "b.wav", Left);
    }

    IEnumerable<string> Left => _blobs.Names.Select(name => name.Value).Order(StringComparer.Ordinal);

    void Names(string file) => _tenants.Publish(TenantSpec.Company().When(new TenantCommand.CreateAnnouncement(
        new Announcement(new("a1")) { File = BlobName.Of((Folder + file).Split('/')) })).After);
}
