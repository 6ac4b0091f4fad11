using System.Globalization;
using TeleCube.Actors.Audit;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// Codes pressed during a call (PRODUCT §11): from <c>*</c> on the keys of a leg that may transfer are kept from the other party, up to 3 s after each. A
/// code is swallowed, anything else is passed on in its order.
/// </summary>
static class FeatureKeys
{
    static readonly TimeSpan _between = TimeSpan.FromSeconds(3);

    const string RefusedPrompt = "transfer-refused", FailedPrompt = "transfer-failed";

    /// <summary>Whether a leg to, or of, this extension or external number may use codes.</summary>
    public static bool MayUse(Turn turn, string? extension = null, string? external = null) =>
        turn.World.Tenants.Find(turn.Call.Tenant) is { } tenant && (extension is not null ? MayUse(tenant, extension)
            : external is not null && tenant.ExternalNumbers.GetValueOrDefault(new ExternalNumberId(external)) is { MayTransfer: true });

    public static bool MayUse(TenantState tenant, string extension) =>
        tenant.Extensions.GetValueOrDefault(ExtensionNumber.Parse(extension)) is { MayTransferByDtmf: true };

    /// <summary>The leg talks and may transfer, and no transfer is under way.</summary>
    public static bool Listens(CallState call, Leg leg) =>
        leg is { TakesCodes: true, Up: true } && call.Transfer is null && (call.PeerOf(leg.Number) is { Up: true } || call.JoinedLeg?.Number == leg.Number);

    /// <summary>A key by INFO: the media engine holds those that come as telephone-events by itself.</summary>
    public static bool Holds(CallState call, Leg leg, char key) => leg.HeldKeys is not null || (key == '*' && Listens(call, leg));

    /// <summary>A key that nobody but us has heard; or, where it was a tone in the audio, that nobody need hear again.</summary>
    public static void Pressed(Turn turn, Leg leg, char key, bool heard = false)
    {
        if (heard) leg = leg with { HeldKeysWereHeard = true };
        var keys = leg.HeldKeys + key;
        if (leg.HeldKeys is null && !Holds(turn.Call, leg, key)) PassOn(turn, leg, keys); // pressed while the code before it was being decided on
        else if (ExternalCode.MayBecomeOne(keys)) Hold(turn, leg, keys);
        else if (ParkCode.Parks(keys)) Park(turn, leg);
        else if (keys.EndsWith('#') && Tenant(turn) is { } tenant && ExternalCode.TryFind(tenant, keys, out var external)) Transfer(turn, leg, keys, external);
        else if (ExternalCode.IsWholeNumber(keys, out var number)) Refuse(turn, leg, $"{number.Masked} is no external number of the tenant");
        else LetGo(turn, leg, keys);
    }

    /// <summary>No key followed: a short code may stand without its <c>#</c>.</summary>
    public static void Over(Turn turn, int number)
    {
        if (turn.Call[number] is not { Live: true, HeldKeys: { } keys } leg) return;
        if (ParkCode.Parks(keys)) Park(turn, leg);
        else if (Tenant(turn) is { } tenant && ExternalCode.TryFind(tenant, keys, out var external)) Transfer(turn, leg, keys, external);
        else LetGo(turn, leg, keys);
    }

    public static void Await(Turn turn, int leg) => turn.Do(new CallEffect.StartTimer(Timer(leg), _between, new CallCommand.KeysAreOver(leg)));

    /// <summary>The transferor hears that the target did not take the call, and talks on.</summary>
    public static void TellFailed(Turn turn, Leg leg) => Tell(turn, leg, FailedPrompt);

    static void Tell(Turn turn, Leg leg, string prompt)
    {
        if (leg.Media is not { Negotiated: true } media || turn.Call.PeerOf(leg.Number) is { HeldByPeer: true } or { HeldByUs: true }) return; // hears music
        var sound = turn.World.Prompt(turn.Call.Tenant, prompt) ?? new PlaySource.Tone(ToneKind.Beep);
        turn.Do(new CallEffect.Media(new MediaCommand.Play(new StreamId(media.Stream), default, sound)));
    }

    static void Hold(Turn turn, Leg leg, string keys)
    {
        turn.Happen(new CallEvent.KeysHeld(leg.Number, turn.Now) { Keys = keys, Heard = leg.HeldKeysWereHeard });
        Await(turn, leg.Number);
    }

    static void Transfer(Turn turn, Leg leg, string keys, ExternalNumber external)
    {
        Forget(turn, leg);
        turn.Do(new CallEffect.Note("code", $"leg {leg.Number} pressed {Masked(keys)}, which stands for {external.Number.Masked}"));
        if (!Transferring.ByKeys(turn, leg, external))
        {
            Refuse(turn, turn.Leg(leg.Number), "the call cannot be transferred now");
            return;
        }

        turn.Happen(new CallEvent.Asked(Entry(turn, leg), turn.Now));
        if (turn.Call.Transfer is null) Rearm(turn, leg); // it has failed at once
    }

    static void Park(Turn turn, Leg leg)
    {
        Forget(turn, leg);
        turn.Do(new CallEffect.Note("code", $"leg {leg.Number} pressed {ParkCode.Keys}: the other party is to be parked"));
        if (!Transferring.ToParking(turn, leg)) Refuse(turn, turn.Leg(leg.Number), "nobody can be parked now");
        else if (turn.Call.Transfer is null) Rearm(turn, leg); // it has failed at once
    }

    static void Refuse(Turn turn, Leg leg, string why)
    {
        Forget(turn, leg);
        turn.Do(new CallEffect.Note("transfer-refused", $"leg {leg.Number} asked by keys for a transfer: {why}"));
        Rearm(turn, leg);
        Tell(turn, leg, RefusedPrompt);
    }

    static void LetGo(Turn turn, Leg leg, string keys)
    {
        Forget(turn, leg);
        PassOn(turn, leg, keys);
        Rearm(turn, leg);
    }

    static void Forget(Turn turn, Leg leg)
    {
        turn.Do(new CallEffect.CancelTimer(Timer(leg.Number)));
        if (turn.Call[leg.Number] is { HeldKeys: not null }) turn.Happen(new CallEvent.KeysHeld(leg.Number, turn.Now));
    }

    static void PassOn(Turn turn, Leg leg, string keys)
    {
        turn.Do(new CallEffect.Note("dtmf", $"leg {leg.Number} pressed {keys.Length} keys that are no code"));
        if (leg.HeldKeysWereHeard) return;
        if (turn.Call.JoinedLeg?.Number == leg.Number)
            foreach (var key in keys) Partners.TellKey(turn, key);
        else if (turn.Call.PeerOf(leg.Number)?.Media is { Negotiated: true } peer)
            turn.Do(new CallEffect.Media(new MediaCommand.SendDtmf(new StreamId(peer.Stream), keys)));
    }

    /// <summary>What comes now goes to the other party again, up to the next star.</summary>
    static void Rearm(Turn turn, Leg leg)
    {
        if (turn.Call[leg.Number] is { Live: true, Media: { } media } now)
            turn.Do(new CallEffect.Media(new MediaCommand.HoldKeys(new StreamId(media.Stream), Listens(turn.Call, now))));
    }

    static AuditEntry Entry(Turn turn, Leg leg) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"{turn.Call.Id}-{turn.Now:yyyyMMddHHmmssfff}"),
        At = turn.Now,
        Action = "transfer-by-dtmf",
        Actor = new AuditActor(
            AuditActorKind.Phone, leg.Party switch { Party.Phone(var extension) => extension, Party.Outside(_, var number) => number, _ => "" }),
        Tenant = turn.Call.Tenant.Value,
        Resource = "calls",
        ResourceId = turn.Call.Id.Value,
        Verb = "DTMF",
        RequestId = turn.Call.Id.Value,
    };

    static string Masked(string keys) => string.Concat(keys.Select(key => char.IsAsciiDigit(key) ? 'x' : key));

    static TenantState? Tenant(Turn turn) => turn.World.Tenants.Find(turn.Call.Tenant);

    static string Timer(int leg) => $"keys-{leg}";
}
