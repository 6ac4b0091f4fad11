using System.Text;
using TeleCube.Kernel.Persistence;
using TeleCube.Storage.Blobs;
using TeleCube.Tests.Support;

namespace TeleCube.Storage.Tests.Blobs;

/// <summary>Files with names: whole or not there, and never outside of their directory.</summary>
public sealed class DirectoryBlobsTests : IDisposable
{
    static readonly BlobName _name = BlobName.Of("announcements", "firmaabcde", "one.wav");
    static readonly BlobName _folder = BlobName.Of("announcements", "firmaabcde");

    readonly TempFolder _disk = new();
    readonly DirectoryBlobs _blobs;

    public DirectoryBlobsTests() => _blobs = new DirectoryBlobs(_disk["blobs"]);

    public void Dispose() => _disk.Dispose();

    [Fact]
    public async Task What_is_put_is_read_again_from_any_position()
    {
        await _blobs.Put(_name, Content("Zapowiedź"));
        using var read = _blobs.Open(_name)!;
        read.Position = 4;
        using var text = new StreamReader(read);
        Assert.Equal("Zapowiedź"[4..], await text.ReadToEndAsync());
        Assert.Equal("Zapowiedź", await File.ReadAllTextAsync(_blobs.PathOf(_name)!));
        Assert.Equal("Zapowiedź", await File.ReadAllTextAsync(new DirectoryBlobs(_disk["blobs"]).PathOf(_name)!));
    }

    [Fact]
    public void What_is_not_there_is_null()
    {
        Assert.Null(_blobs.Open(_name));
        Assert.Null(_blobs.PathOf(_name));
        Assert.Empty(_blobs.List(_folder));
        _blobs.Delete(_name);
    }

    [Fact]
    public async Task A_file_never_changes()
    {
        await _blobs.Put(_name, Content("first"));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _blobs.Put(_name, Content("second")));
        Assert.Equal("first", await File.ReadAllTextAsync(_blobs.PathOf(_name)!));
    }

    [Fact]
    public async Task A_write_that_breaks_off_leaves_nothing()
    {
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _blobs.Put(_name, new Broken()));
        Assert.Null(_blobs.PathOf(_name));
        Assert.Empty(Directory.EnumerateFiles(_disk["blobs"], "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_another_process_left_unfinished_is_no_blob()
    {
        await _blobs.Put(_name, Content("whole"));
        _disk.Write("blobs/announcements/firmaabcde/.unfinished-0", "ha");
        var listed = Assert.Single(_blobs.List(_folder));
        Assert.Equal((_name, 5), (listed.Name, listed.Bytes));
    }

    [Fact]
    public async Task What_was_left_unfinished_long_ago_is_dropped_and_nothing_else()
    {
        await _blobs.Put(_name, Content("whole"));
        var now = DateTimeOffset.UtcNow;
        foreach (var file in (string[])["old", "young"]) _disk.Write("blobs/announcements/firmaabcde/.unfinished-" + file, "ha");
        File.SetLastWriteTimeUtc(_disk["blobs/announcements/firmaabcde/.unfinished-old"], now.UtcDateTime.AddDays(-2));
        File.SetLastWriteTimeUtc(_disk["blobs/announcements/firmaabcde/one.wav"], now.UtcDateTime.AddDays(-2));

        _blobs.DropUnfinished(_folder, now.AddDays(-1));
        _blobs.DropUnfinished(BlobName.Of("announcements", "never-made"), now);
        var left = Directory.EnumerateFiles(_disk["blobs/announcements/firmaabcde"]).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        Assert.Equal([".unfinished-young", "one.wav"], left);
    }

    [Fact]
    public async Task A_reader_keeps_what_it_opened()
    {
        await _blobs.Put(_name, Content("heard"));
        using var read = _blobs.Open(_name)!;
        _blobs.Delete(_name);
        Assert.Null(_blobs.PathOf(_name));
        using var text = new StreamReader(read);
        Assert.Equal("heard", await text.ReadToEndAsync());
    }

    [Fact]
    public async Task Others_of_this_machine_read_nothing()
    {
        if (OperatingSystem.IsWindows()) return;
        await _blobs.Put(_name, Content("private"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_blobs.PathOf(_name)!));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.GetDirectoryName(_blobs.PathOf(_name)!)!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../telecube.db")]
    [InlineData("a/../../b")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData(".hidden")]
    [InlineData("a/.unfinished-1")]
    [InlineData("a\\b")]
    [InlineData("UPPER")]
    [InlineData("a\0b")]
    [InlineData("zażółć")]
    [InlineData("a/b/c/d/e")]
    public void A_name_leads_nowhere_else(string text) => Assert.False(BlobName.TryParse(text, out _));

    static MemoryStream Content(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>Gives some bytes, then fails as a full or broken disk does.</summary>
    sealed class Broken : MemoryStream
    {
        public Broken() : base(new byte[10]) { }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("broken");

        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            await destination.WriteAsync(new byte[10], cancellationToken);
            throw new IOException("broken");
        }
    }
}
