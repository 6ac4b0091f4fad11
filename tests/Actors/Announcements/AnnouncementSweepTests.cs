using TeleCube.Actors.Announcements;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Tests.Tenants;
using TeleCube.Kernel.Persistence;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests.Announcements;

public sealed class AnnouncementSweepTests
{
    [Fact]
    public void Old_audio_that_nothing_names_goes_and_nothing_else()
    {
        var clock = new ManualClock(TenantSpec.Now);
        var blobs = new MemoryBlobs(clock);
        var tenants = new TenantRegistry();
        tenants.Publish(TenantSpec.Company().When(new TenantCommand.CreateAnnouncement(
            new Announcement(new("a1")) { File = BlobName.Of("announcements", "firmaabcde", "named.wav") })).After);
        blobs.Holds("announcements/firmaabcde/named.wav");
        blobs.Holds("announcements/firmaabcde/left.wav");
        blobs.Holds("announcements/another-nodes-tenant/left.wav");
        clock.Advance(AnnouncementSweep.Spares + TimeSpan.FromSeconds(1));
        blobs.Holds("announcements/firmaabcde/young.wav");

        Assert.Equal(1, new AnnouncementSweep(tenants, blobs, clock).Run());
        Assert.Equal(
            ["announcements/another-nodes-tenant/left.wav", "announcements/firmaabcde/named.wav", "announcements/firmaabcde/young.wav"],
            blobs.Names.Select(name => name.Value).Order());
    }
}
