using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TeleCube.Actors.Announcements;
using TeleCube.Api.Http;
using TeleCube.Api.Tests.Given;
using TeleCube.Kernel.Persistence;
using TeleCube.Tests.Support;

namespace TeleCube.Api.Tests;

/// <summary>Announcements: uploaded as they come, heard as a telephone wants them.</summary>
public sealed class AnnouncementsTests(ApiNode node) : IClassFixture<ApiNode>
{
    [Fact]
    public async Task One_lives_from_upload_to_delete()
    {
        await node.HasTenant("speaking");
        using var client = node.Operator();
        var made = (await Upload(client, "speaking", Tone(700), ("id", "welcome"), ("name", "Powitanie"), ("replaces", "busy"))).Is(HttpStatusCode.Created);
        Assert.Equal(("welcome", "Powitanie", "", "busy"), (made["id"], made["name"], made["description"], made["replaces"]));
        Assert.Equal(1, made.Json.GetProperty("lengthSeconds").GetDouble(), 0.001);

        var changed = (await client.Put("tenants/speaking/announcements/welcome", new { name = "Nowe", description = "opis" }, made.ETag)).Is(HttpStatusCode.OK);
        Assert.Equal(("Nowe", "opis", JsonValueKind.Null), (changed["name"], changed["description"], changed.Json.GetProperty("replaces").ValueKind));
        (await client.Put("tenants/speaking/announcements/welcome", new { name = "late" }, made.ETag)).IsProblem(HttpStatusCode.PreconditionFailed, "stale-version");

        Assert.True(await Hears(client, "speaking", "welcome", 700));
        (await Replace(client, "speaking", "welcome", Form(Tone(1900)))).Is(HttpStatusCode.OK);
        Assert.True(await Hears(client, "speaking", "welcome", 1900));
        using var alone = new ByteArrayContent(Tone(700));
        alone.Headers.ContentType = new MediaTypeHeaderValue("audio/x-wav");
        (await Replace(client, "speaking", "welcome", alone)).Is(HttpStatusCode.OK);
        Assert.True(await Hears(client, "speaking", "welcome", 700));

        Assert.Equal("welcome", Assert.Single((await client.Get("tenants/speaking/announcements")).Json.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        (await client.Delete("tenants/speaking/announcements/welcome")).Is(HttpStatusCode.NoContent);
        (await client.Get("tenants/speaking/announcements/welcome")).IsProblem(HttpStatusCode.NotFound, "no-such-announcement");
        (await client.Get("tenants/speaking/announcements/welcome/audio")).IsProblem(HttpStatusCode.NotFound, "no-such-announcement");
        (await Replace(client, "speaking", "welcome", Form(Tone(700)))).IsProblem(HttpStatusCode.NotFound, "no-such-announcement");
    }

    [Fact]
    public async Task A_stereo_file_of_a_studio_becomes_one_of_a_telephone()
    {
        await node.HasTenant("studio");
        using var folder = new TempFolder();
        using var sox = System.Diagnostics.Process.Start("sox", ["-n", "-r", "44100", "-c", "2", "-b", "24", folder["tone.wav"], "synth", "2", "sine", "1000", "gain", "-25"]);
        await sox.WaitForExitAsync();
        using var client = node.Operator();
        (await Upload(client, "studio", await File.ReadAllBytesAsync(folder["tone.wav"]), ("id", "tone"), ("name", "Ton"))).Is(HttpStatusCode.Created);
        using var answer = await client.GetAsync(new Uri(Audio("studio", "tone"), UriKind.Relative));
        var file = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal("audio/wav", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal((1, 8000, 16), (BitConverter.ToInt16(file, 22), BitConverter.ToInt32(file, 24), BitConverter.ToInt16(file, 34)));
        Assert.InRange(Samples(file).Length, 15_999, 16_001);
        Assert.True(Tones.LevelDb(Samples(file), 1000) > -20, "it was not levelled");
    }

    [Fact]
    public async Task A_part_of_it_is_sent_when_only_a_part_is_wanted()
    {
        await node.HasTenant("ranges");
        using var client = node.Operator();
        (await Upload(client, "ranges", Tone(700), ("id", "tone"), ("name", "Ton"))).Is(HttpStatusCode.Created);
        var whole = await client.GetByteArrayAsync(Audio("ranges", "tone"));
        using var request = new HttpRequestMessage(HttpMethod.Get, Audio("ranges", "tone"));
        request.Headers.Range = new RangeHeaderValue(100, 199);
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(whole[100..200], await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task What_is_wrong_with_a_file_is_said()
    {
        await node.HasTenant("broken");
        using var client = node.Operator();
        var cut = (await Upload(client, "broken", Tone(700)[..^100], ("name", "x"))).IsProblem(HttpStatusCode.UnprocessableEntity, "unusable-audio");
        Assert.Contains("cut off", cut["detail"], StringComparison.Ordinal);
        Assert.Equal(["file"], cut.FaultyFields);
        var foreign = (await Upload(client, "broken", [.. "OggS"u8, .. new byte[100]], ("name", "x"))).IsProblem(HttpStatusCode.UnprocessableEntity, "unusable-audio");
        Assert.Contains("ffmpeg", foreign["detail"], StringComparison.Ordinal);
        var silent = (await Upload(client, "broken", [.. Tone(700)[..^16_000], .. new byte[16_000]], ("name", "x"))).IsProblem(HttpStatusCode.UnprocessableEntity, "unusable-audio");
        Assert.Contains("silent from beginning to end", silent["detail"], StringComparison.Ordinal);
        (await Upload(client, "broken", "nothing to hear"u8.ToArray(), ("name", "x"))).IsProblem(HttpStatusCode.UnprocessableEntity, "unusable-audio");
        Assert.Empty((await client.Get("tenants/broken/announcements")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task What_is_wrong_with_the_form_is_said_for_all_fields_at_once()
    {
        await node.HasTenant("forms");
        using var client = node.Operator();
        var wrong = await Upload(client, "forms", Tone(700), ("id", "Not An Id"), ("colour", "red"), ("replaces", "../x"));
        wrong.IsProblem(HttpStatusCode.UnprocessableEntity, "invalid-fields");
        Assert.Equal(["colour", "id", "name", "replaces"], wrong.FaultyFields);
        using var without = new MultipartFormDataContent { { new StringContent("x"), "name" } };
        Assert.Equal(["file"], (await Send(client, HttpMethod.Post, "tenants/forms/announcements", without)).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid-fields").FaultyFields);
        (await client.Post("tenants/forms/announcements", new { name = "x" })).IsProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        using var cut = new ByteArrayContent("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nRIFF"u8.ToArray());
        cut.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        (await Send(client, HttpMethod.Post, "tenants/forms/announcements", cut)).IsProblem(HttpStatusCode.BadRequest, "bad-request");
    }

    [Fact]
    public async Task More_than_is_allowed_is_not_read()
    {
        await node.HasTenant("large");
        using var client = node.Operator();
        (await Upload(client, "large", new byte[(1 << 20) + 1], ("name", "x"))).IsProblem(HttpStatusCode.UnprocessableEntity, "unusable-audio");
        var large = (await Upload(client, "large", new byte[2 << 20], ("name", "x"))).IsProblem(HttpStatusCode.RequestEntityTooLarge, "too-large");
        Assert.Matches("^at most 1114112 bytes are taken here, 209[0-9]{4} were sent$", large["detail"]);
        (await Upload(client, "large", Tone(700), ("id", "tone"), ("name", "x"))).Is(HttpStatusCode.Created);
        (await Replace(client, "large", "tone", new ByteArrayContent(new byte[2 << 20]))).IsProblem(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task The_prompts_that_can_be_replaced_are_listed()
    {
        await node.HasTenant("prompted");
        using var client = node.Operator();
        (await Upload(client, "prompted", Tone(700), ("id", "own"), ("name", "x"), ("replaces", "busy"))).Is(HttpStatusCode.Created);
        (await Upload(client, "prompted", Tone(700), ("name", "x"), ("replaces", "busy"))).IsProblem(HttpStatusCode.Conflict, "prompt-replaced");
        (await Upload(client, "prompted", Tone(700), ("name", "x"), ("replaces", "bussy"))).IsProblem(HttpStatusCode.UnprocessableEntity, "no-such-prompt");
        var prompts = (await client.Get("tenants/prompted/prompts?limit=1000")).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray().ToList();
        var busy = prompts.Single(prompt => prompt.GetProperty("name").GetString() == "busy");
        Assert.Equal(("Numer jest zajęty.", "own"), (busy.GetProperty("text").GetProperty("pl").GetString(), busy.GetProperty("replacedBy").GetString()));
        Assert.Single(prompts, prompt => prompt.GetProperty("replacedBy").ValueKind != JsonValueKind.Null);
    }

    [Fact]
    public async Task Announcements_are_the_pieces_of_a_class_of_music()
    {
        await node.HasTenant("musical");
        using var client = node.Operator();
        (await Upload(client, "musical", Tone(700), ("id", "one"), ("name", "x"), ("musicClass", "jazz"))).Is(HttpStatusCode.Created);
        (await Upload(client, "musical", Tone(700), ("id", "two"), ("name", "x"))).Is(HttpStatusCode.Created);
        Assert.Equal("jazz", (await client.Put("tenants/musical/announcements/two", new { name = "y", musicClass = "jazz" })).Is(HttpStatusCode.OK)["musicClass"]);

        var classes = (await client.Get("tenants/musical/music-classes")).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray();
        Assert.Equal(["calm: ", "jazz: one, two"], classes.Select(known => $"{known.GetProperty("name")}: {string.Join(", ", known.GetProperty("announcements").EnumerateArray())}"));
        Assert.Equal("music/jazz", (await client.Put("tenants/musical/settings", new { musicOnHold = "music/jazz" })).Is(HttpStatusCode.OK)["musicOnHold"]);
        foreach (var wrong in new[] { "music/rock", "prompt/busy" })
            Assert.Equal(["musicOnHold"], (await client.Put("tenants/musical/settings", new { musicOnHold = wrong })).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid-fields").FaultyFields);
    }

    [Fact]
    public async Task A_number_leads_to_it_and_then_it_stays()
    {
        await node.HasTenant("leading");
        using var client = node.Operator();
        (await client.Post("operator/phone-numbers", new { number = "+48943401130", tenant = "leading" })).Is(HttpStatusCode.Created);
        (await Upload(client, "leading", Tone(700), ("id", "closed"), ("name", "Nieczynne"))).Is(HttpStatusCode.Created);
        var rows = new { items = new[] { new { number = "+48943401130", forwardTo = new { kind = "announcement", id = "closed" } } } };
        var saved = (await client.Put("tenants/leading/phone-numbers", rows)).Is(HttpStatusCode.OK);
        Assert.Equal("announcement", saved.Json.GetProperty("items")[0].GetProperty("forwardTo").GetProperty("kind").GetString());
        (await client.Delete("tenants/leading/announcements/closed")).IsProblem(HttpStatusCode.Conflict, "announcement-in-use");

        (await Upload(client, "leading", Tone(700), ("id", "music"), ("name", "Muzyka"))).Is(HttpStatusCode.Created);
        Assert.Equal(["musicOnHold"], (await client.Put("tenants/leading/settings", new { musicOnHold = "nothing" })).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid-value").FaultyFields);
        Assert.Equal("music", (await client.Put("tenants/leading/settings", new { musicOnHold = "music" })).Is(HttpStatusCode.OK)["musicOnHold"]);
        (await client.Delete("tenants/leading/announcements/music")).IsProblem(HttpStatusCode.Conflict, "announcement-in-use");
    }

    [Fact]
    public async Task A_consultant_hears_them_and_another_company_does_not()
    {
        await node.HasTenant("ours");
        await node.HasTenant("others");
        using var client = node.Operator();
        (await Upload(client, "ours", Tone(700), ("id", "tone"), ("name", "x"))).Is(HttpStatusCode.Created);
        using var consultant = node.Client(await node.HasToken("ours", "consultant"));
        Assert.NotEmpty(await consultant.GetByteArrayAsync(Audio("ours", "tone")));
        (await Upload(consultant, "ours", Tone(700), ("name", "x"))).IsProblem(HttpStatusCode.Forbidden, "forbidden");
        using var stranger = node.Client(await node.HasToken("others", "administrator"));
        (await stranger.Get("tenants/ours/announcements/tone/audio")).IsProblem(HttpStatusCode.NotFound, "no-such-tenant");
        (await stranger.Get("tenants/others/announcements/tone/audio")).IsProblem(HttpStatusCode.NotFound, "no-such-announcement");
    }

    [Fact]
    public async Task What_is_refused_leaves_no_file()
    {
        await node.HasTenant("refusing");
        using var client = node.Operator();
        var made = (await Upload(client, "refusing", Tone(700), ("id", "own"), ("name", "x"), ("replaces", "busy"))).Is(HttpStatusCode.Created);
        var kept = Assert.Single(Files("refusing"));
        (await Upload(client, "refusing", Tone(700), ("name", "x"), ("replaces", "busy"))).IsProblem(HttpStatusCode.Conflict, "prompt-replaced");
        (await client.Put("tenants/refusing/announcements/own", new { name = "newer" })).Is(HttpStatusCode.OK);
        (await Replace(client, "refusing", "own", Form(Tone(700)), made.ETag)).IsProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        Assert.Equal(kept, Assert.Single(Files("refusing")));
        Assert.True(await Hears(client, "refusing", "own", 700));
    }

    [Fact]
    public async Task A_company_fills_its_own_folder_only_so_far()
    {
        await node.HasTenant("filling");
        using var client = node.Operator();
        node.Blobs.Holds("announcements/filling/large.wav", AnnouncementAudio.MostBytes);
        (await Upload(client, "filling", Tone(700), ("name", "x"))).IsProblem(HttpStatusCode.Conflict, "too-much-audio");
        Assert.Single(Files("filling"));
    }

    [Fact]
    public async Task More_than_a_few_uploads_at_once_are_turned_away_for_a_while()
    {
        await node.HasTenant("busy");
        await node.HasTenant("idle");
        using var client = node.Operator();
        var seats = node.Services.GetRequiredService<UploadSeats>();
        var taken = Enumerable.Range(0, UploadSeats.PerTenant).Select(_ => seats.TryTake("busy")!).ToList();
        var turned = (await Upload(client, "busy", Tone(700), ("name", "x"))).IsProblem(HttpStatusCode.ServiceUnavailable, "overloaded");
        Assert.NotNull(turned.RetryAfter);
        (await Upload(client, "idle", Tone(700), ("name", "x"))).Is(HttpStatusCode.Created);
        taken[0].Dispose();
        taken[0].Dispose();
        (await Upload(client, "busy", Tone(700), ("name", "x"))).Is(HttpStatusCode.Created);
        foreach (var seat in taken) seat.Dispose();
    }

    [Fact]
    public void All_companies_together_take_only_so_many_seats()
    {
        var seats = new UploadSeats();
        for (var i = 0; i < UploadSeats.Most; i++) Assert.NotNull(seats.TryTake("t" + i));
        Assert.Null(seats.TryTake("another"));
    }

    IEnumerable<BlobName> Files(string tenant) => node.Blobs.Names.Where(name => name.Value.StartsWith($"announcements/{tenant}/", StringComparison.Ordinal));

    /// <summary>This tone and not the other one.</summary>
    static async Task<bool> Hears(HttpClient client, string tenant, string id, double hz)
    {
        var samples = Samples(await client.GetByteArrayAsync(Audio(tenant, id)));
        return Tones.Heard(samples, 700, 1900) is [var heard] && heard == hz;
    }

    static byte[] Tone(double hz) => Wav.Pcm(Tones.Sine(hz, 8000));

    static short[] Samples(byte[] wav) => Wav.Read(wav)[0];

    static string Audio(string tenant, string id) => $"/api/v1/tenants/{tenant}/announcements/{id}/audio";

    static MultipartFormDataContent Form(byte[] file, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", "my recording.wav" } };
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        return form;
    }

    static Task<Answer> Upload(HttpClient client, string tenant, byte[] file, params (string Name, string Value)[] fields) =>
        Send(client, HttpMethod.Post, $"tenants/{tenant}/announcements", Form(file, fields));

    static Task<Answer> Replace(HttpClient client, string tenant, string id, HttpContent content, string? ifMatch = null) =>
        Send(client, HttpMethod.Put, $"tenants/{tenant}/announcements/{id}/audio", content, ifMatch);

    static async Task<Answer> Send(HttpClient client, HttpMethod method, string path, HttpContent content, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/" + path) { Content = content };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var answer = await client.SendAsync(request);
        return new Answer(answer.StatusCode, answer.Headers.ETag?.Tag, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync())
        {
            RetryAfter = answer.Headers.RetryAfter?.Delta,
        };
    }
}
