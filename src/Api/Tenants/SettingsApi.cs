using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;
using TeleCube.Api.Identity;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Tenants;

/// <summary>What holds for the whole company.</summary>
static class SettingsApi
{
    public static void MapSettings(this RouteGroupBuilder tenant)
    {
        var settings = tenant.MapGroup("/settings").WithTags("Settings");
        settings.MapGet("", Get).For(UserRole.Supervisor).WithSummary("Get the settings");
        settings.MapPut("", Put).For(UserRole.Administrator).WithSummary("Replace the settings");
    }

    static async Task<Results<Tagged<SettingsView>, Refused>> Get(TenantId tenantId, EntityDesk desk, CancellationToken stop) =>
        await Show(tenantId, desk, stop);

    static async Task<Results<Tagged<SettingsView>, Refused>> Put(
        TenantId tenantId, Body<SettingsInput> body, [FromHeader(Name = "If-Match")] string? ifMatch, EntityDesk desk, ISounds sounds, CancellationToken stop)
    {
        var settings = body.Value.ToSettings(body.Faults);
        MusicClassesApi.Check("musicOnHold", settings.MusicOnHold, await desk.Tenant(tenantId, stop), sounds, body.Faults);
        if (body.Refusal is { } wrong) return wrong;
        if (await desk.Tell(tenantId, new TenantCommand.SaveSettings(settings, ETags.Version(ifMatch)), stop) is { } refused) return Refused.By(refused);
        return await Show(tenantId, desk, stop);
    }

    static async Task<Tagged<SettingsView>> Show(TenantId tenantId, EntityDesk desk, CancellationToken stop)
    {
        var settings = (await desk.Tenant(tenantId, stop)).Settings;
        return new Tagged<SettingsView>(SettingsView.Of(settings), settings.Version);
    }
}

/// <summary>Retention is in days.</summary>
public sealed record SettingsView(string? DefaultPresentedNumber, string? EmergencyPresentedNumber,
    string? MusicOnHold, int CdrRetentionDays, int TimelineRetentionDays,
    string ParkFirst, string ParkLast, int ParkSeconds)
{
    internal static SettingsView Of(TenantSettings settings) => new(
        settings.DefaultPresentedNumber?.Value, settings.EmergencyPresentedNumber?.Value, settings.MusicOnHold?.Value,
        (int)settings.CdrRetention.TotalDays, (int)settings.TimelineRetention.TotalDays,
        settings.ParkSlots.First, settings.ParkSlots.Last, (int)settings.ParkTimeout.TotalSeconds);
}

/// <summary>All settings; what is left out gets its default.</summary>
public sealed record SettingsInput
{
    const int MaxDays = 3650;
    const int MinParkSeconds = 10;
    const int MaxParkSeconds = 3600;

    public string? DefaultPresentedNumber { get; init; }

    public string? EmergencyPresentedNumber { get; init; }

    /// <summary>
    /// What is played over and over to whoever is held: an announcement's id, or music/ and a class of music; without it, the exchange's music.
    /// </summary>
    public SoundId? MusicOnHold { get; init; }

    public int? CdrRetentionDays { get; init; }

    public int? TimelineRetentionDays { get; init; }

    /// <summary>The first and the last number under which parked calls wait; 701 and 799 if not given.</summary>
    public string? ParkFirst { get; init; }

    public string? ParkLast { get; init; }

    /// <summary>After so long whoever parked a call is rung back, 10 to 3600; 120 if not given.</summary>
    public int? ParkSeconds { get; init; }

    internal TenantSettings ToSettings(Faults faults) => new()
    {
        DefaultPresentedNumber = faults.Number("defaultPresentedNumber", DefaultPresentedNumber),
        EmergencyPresentedNumber = faults.Number("emergencyPresentedNumber", EmergencyPresentedNumber),
        MusicOnHold = MusicOnHold,
        ParkSlots = new ParkSlots(
            ParkFirst is { Length: > 0 } first ? faults.Required("parkFirst", first, 4) : ParkSlots.Default.First,
            ParkLast is { Length: > 0 } last ? faults.Required("parkLast", last, 4) : ParkSlots.Default.Last),
        ParkTimeout = TimeSpan.FromSeconds(
            faults.Within("parkSeconds", ParkSeconds, MinParkSeconds, MaxParkSeconds, (int)TenantSettings.Default.ParkTimeout.TotalSeconds)),
        CdrRetention = Days(faults, "cdrRetentionDays", CdrRetentionDays, TenantSettings.Default.CdrRetention),
        TimelineRetention = Days(faults, "timelineRetentionDays", TimelineRetentionDays, TenantSettings.Default.TimelineRetention),
    };

    static TimeSpan Days(Faults faults, string field, int? days, TimeSpan otherwise) =>
        TimeSpan.FromDays(faults.Within(field, days, 1, MaxDays, (int)otherwise.TotalDays));
}
