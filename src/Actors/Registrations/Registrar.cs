using System.Collections.Immutable;
using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Headers;

namespace TeleCube.Actors.Registrations;

/// <summary>
/// The registrar's decision, RFC 3261 §10.3 from step 6 on, with the instances of RFC 5626. Pure: all of a request takes effect, or
/// nothing.
/// </summary>
public static class Registrar
{
    // RFC 3261 §10.3 step 7: a time that is too short is refused only below an hour.
    static readonly TimeSpan _longEnough = TimeSpan.FromHours(1);

    public static RegistrarDecision Decide(
        TenantId tenant, ExtensionNumber extension, ImmutableArray<RegistrationRow> bindings, RegisterRequest wanted, DateTimeOffset now,
        RegistrarOptions options)
    {
        var live = bindings.RemoveAll(binding => binding.ExpiresAt <= now);
        if (wanted.RemovesAll) return live.Any(binding => IsOutOfOrder(binding, wanted)) ? OutOfOrder(live) : RegistrarDecision.Of(live, []);
        if (wanted.Contacts.Length > options.MaxContacts) return RegistrarDecision.Refuse(live, 403, "Too Many Contacts");

        var after = live;
        foreach (var contact in wanted.Contacts)
        {
            var expires = contact.Expires ?? options.DefaultExpires;
            if (expires > TimeSpan.Zero && expires < options.MinExpires && expires < _longEnough)
                return RegistrarDecision.Refuse(live, 423, null) with { MinExpires = options.MinExpires };
            var same = after.Where(binding => IsSame(binding, contact)).ToList();
            if (same.Any(binding => IsOutOfOrder(binding, wanted))) return OutOfOrder(live);
            after = after.RemoveRange(same);
            if (expires > TimeSpan.Zero) after = after.Add(Bind(tenant, extension, wanted, contact, now, Min(expires, options.MaxExpires)));
        }

        return RegistrarDecision.Of(live, MakeRoom(after, wanted, options.MaxContacts));
    }

    static RegistrationRow Bind(
        TenantId tenant, ExtensionNumber extension, RegisterRequest wanted, WantedContact contact, DateTimeOffset now, TimeSpan expires) => new()
        {
            Tenant = tenant,
            Extension = extension.Value,
            Contact = contact.Uri.ToString(),
            Path = wanted.Path,
            Flow = wanted.Flow,
            Received = wanted.Received,
            Local = wanted.Local,
            CallId = wanted.CallId,
            CSeq = wanted.CSeq,
            QThousandths = contact.QThousandths,
            UserAgent = wanted.UserAgent,
            InstanceId = contact.InstanceId,
            RegId = contact.RegId,
            RegisteredAt = now,
            ExpiresAt = now + expires,
        };

    /// <summary>
    /// A phone that says which it is replaces its own binding, whatever port it has now (RFC 5626 §6); others are known by their URI.
    /// </summary>
    static bool IsSame(RegistrationRow binding, WantedContact contact) =>
        contact.InstanceId is not null && binding.InstanceId == contact.InstanceId && binding.RegId == contact.RegId
        || SipUri.TryParse(binding.Contact, out var uri) && uri.Equals(contact.Uri);

    static bool IsOutOfOrder(RegistrationRow binding, RegisterRequest wanted) =>
        binding.CallId == wanted.CallId && wanted.CSeq <= binding.CSeq;

    static RegistrarDecision OutOfOrder(ImmutableArray<RegistrationRow> live) => RegistrarDecision.Refuse(live, 500, "CSeq Out Of Order");

    static ImmutableArray<RegistrationRow> MakeRoom(ImmutableArray<RegistrationRow> after, RegisterRequest wanted, int most)
    {
        var spare = after.Length - most;
        if (spare <= 0) return after;
        var oldest = after.Where(binding => binding.CallId != wanted.CallId || binding.CSeq != wanted.CSeq)
            .OrderBy(binding => binding.RegisteredAt).Take(spare);
        return after.RemoveRange(oldest);
    }

    static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
