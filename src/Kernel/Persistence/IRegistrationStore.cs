using TeleCube.Kernel.Sharding;

namespace TeleCube.Kernel.Persistence;

/// <summary>The location service (RFC 3261 §10): bindings are upserted in groups beside the journal, never journaled.</summary>
public interface IRegistrationStore
{
    /// <summary>
    /// Stores and removes bindings together with what is told of it, durably: a REGISTER takes effect as a whole or not at all (RFC 3261 §10.3 step 7).
    /// Throws <see cref="StoreUnavailableException"/> when the store is away or full.
    /// </summary>
    Task Change(
        IReadOnlyList<RegistrationRow> upserts, IReadOnlyList<RegistrationKey> removals, IReadOnlyList<StoreWrite.Publish> told,
        CancellationToken stop = default);

    Task Change(IReadOnlyList<RegistrationRow> upserts, IReadOnlyList<RegistrationKey> removals, CancellationToken stop = default) =>
        Change(upserts, removals, [], stop);

    Task Upsert(RegistrationRow row, CancellationToken stop = default) => Change([row], [], stop);

    Task Remove(RegistrationKey key, CancellationToken stop = default) => Change([], [key], stop);

    /// <summary>The bindings of one extension, expired ones left out, oldest first.</summary>
    Task<IReadOnlyList<RegistrationRow>> Load(TenantId tenant, string extension, CancellationToken stop = default);

    /// <summary>The bindings of a whole tenant, expired ones left out.</summary>
    Task<IReadOnlyList<RegistrationRow>> LoadAll(TenantId tenant, CancellationToken stop = default);

    /// <summary>All bindings that expired at or before <paramref name="now"/> and are still there.</summary>
    Task<IReadOnlyList<RegistrationRow>> LoadExpired(DateTimeOffset now, CancellationToken stop = default);

    /// <summary>Removes what expired at or before <paramref name="now"/> and returns it.</summary>
    Task<IReadOnlyList<RegistrationRow>> Expire(DateTimeOffset now, CancellationToken stop = default);
}

/// <summary>Names one binding: an extension of a tenant and the contact URI as the phone wrote it.</summary>
public readonly record struct RegistrationKey(TenantId Tenant, string Extension, string Contact);

/// <summary>One binding of an extension to a contact, with all that is needed to reach it again after a restart.</summary>
public sealed record RegistrationRow
{
    public required TenantId Tenant { get; init; }

    public required string Extension { get; init; }

    /// <summary>The contact URI; unique within the extension.</summary>
    public required string Contact { get; init; }

    /// <summary>The Path header's value (RFC 3327), or null.</summary>
    public string? Path { get; init; }

    /// <summary>The flow over which it registered; it may be gone (RFC 5626 §7).</summary>
    public long? Flow { get; init; }

    /// <summary>Transport and source address as received, for example <c>udp:192.0.2.7:5060</c>.</summary>
    public string? Received { get; init; }

    /// <summary>Our own address over which it registered, in the same form.</summary>
    public string? Local { get; init; }

    public required string CallId { get; init; }

    public required long CSeq { get; init; }

    /// <summary>The contact's preference in thousandths, 1000 when it gave none (RFC 3261 §20.10).</summary>
    public int QThousandths { get; init; } = 1000;

    public string? UserAgent { get; init; }

    /// <summary><c>+sip.instance</c> (RFC 5626 §4.1).</summary>
    public string? InstanceId { get; init; }

    public int? RegId { get; init; }

    public required DateTimeOffset RegisteredAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public RegistrationKey Key => new(Tenant, Extension, Contact);

    /// <summary>As every store takes it: what the phone says of itself may hold anything; its address is its key and has been checked.</summary>
    public RegistrationRow Storable() => this with
    {
        Path = StorableText.Of(Path),
        CallId = StorableText.Of(CallId)!,
        UserAgent = StorableText.Of(UserAgent),
        InstanceId = StorableText.Of(InstanceId),
    };
}
