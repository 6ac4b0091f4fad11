using TeleCube.Actors.Announcements;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Tests.Tenants;
using TeleCube.Kernel.Persistence;
using TeleCube.Media.Messages;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests.Announcements;

public sealed class SoundsTests
{
    static readonly PlaySource _builtIn = new PlaySource.Files(["/prompts/pl/busy.wav"]);

    readonly MemoryBlobs _blobs = new();
    readonly Sounds _sounds;

    public SoundsTests() =>
        _sounds = new Sounds(_blobs, new Dictionary<string, PlaySource> { ["busy"] = _builtIn }, new Dictionary<string, PlaySource> { ["calm"] = _builtIn, ["jazz"] = _builtIn });

    [Fact]
    public void A_class_of_music_is_all_its_pieces_in_the_order_of_their_ids_and_the_exchanges_otherwise()
    {
        string[] paths = [_blobs.Holds("f1"), _blobs.Holds("f2")];
        var company = TenantSpec.Company()
            .When(new TenantCommand.CreateAnnouncement(new Announcement(new("b")) { File = BlobName.Of("f2"), MusicClass = "jazz" })).After;
        company = Tenant.Apply(company, new TenantEvent.AnnouncementSaved(new Announcement(new("a")) { File = BlobName.Of("f1"), MusicClass = "jazz" }));

        Assert.Equal(paths, Paths(company, "music/jazz"));
        Assert.Same(_builtIn, _sounds.Find(company, SoundId.OfMusicClass("calm")));
        Assert.Null(_sounds.Find(company, SoundId.OfMusicClass("rock")));
        Assert.Equal(["calm", "jazz"], _sounds.MusicClasses(company));
    }

    [Fact]
    public void An_announcement_is_its_file() => Assert.Equal([_blobs.Holds("a1")], Paths(Company("a1", null), "a1"));

    [Fact]
    public void A_prompt_is_the_one_that_came_with_TeleCube() => Assert.Same(_builtIn, _sounds.Find(Company("a1", null), SoundId.OfPrompt("busy")));

    [Fact]
    public void Unless_the_tenant_has_its_own() => Assert.Equal([_blobs.Holds("a1")], Paths(Company("a1", "busy"), "prompt/busy"));

    [Fact]
    public void A_replacement_whose_file_is_gone_replaces_nothing() => Assert.Same(_builtIn, _sounds.Find(Company("gone", "busy"), SoundId.OfPrompt("busy")));

    [Theory]
    [InlineData("a2")]
    [InlineData("prompt/nothing")]
    [InlineData("prompt/../pl/busy")]
    [InlineData("")]
    public void What_is_not_there_is_null(string sound) => Assert.Null(_sounds.Find(Company("a1", null), new SoundId(sound)));

    [Theory]
    [InlineData("welcome", true, null)]
    [InlineData("prompt/not-assigned", true, "not-assigned")]
    [InlineData("prompt/", false, "")]
    [InlineData("prompt/a/b", false, "a/b")]
    [InlineData("music/jazz", true, null)]
    [InlineData("music/", false, null)]
    [InlineData("other/a", false, null)]
    [InlineData("", false, null)]
    public void A_sound_is_an_announcement_or_a_prompt(string text, bool good, string? prompt)
    {
        Assert.Equal(good, SoundId.TryParse(text, null, out var sound));
        Assert.Equal(prompt, sound.Prompt);
    }

    IReadOnlyList<string> Paths(TenantState tenant, string sound) => Assert.IsType<PlaySource.Files>(_sounds.Find(tenant, new SoundId(sound))).Paths;

    static TenantState Company(string file, string? replaces) => TenantSpec.Company()
        .When(new TenantCommand.CreateAnnouncement(new Announcement(new("a1")) { File = BlobName.Of(file), Replaces = replaces })).After;
}
