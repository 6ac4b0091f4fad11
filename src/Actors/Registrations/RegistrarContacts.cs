using System.Globalization;
using TeleCube.Kernel.Persistence;
using TeleCube.Sip.Headers;

namespace TeleCube.Actors.Registrations;

/// <summary>Bindings as a 200 to REGISTER lists them (RFC 3261 §10.3 step 8).</summary>
static class RegistrarContacts
{
    const decimal Thousand = 1000;

    // <sip:10@192.0.2.7:5060>;expires=300;q=0.5;+sip.instance="<urn:uuid:…>";reg-id=1
    public static NameAddress? Of(RegistrationRow binding, DateTimeOffset now)
    {
        if (!SipUri.TryParse(binding.Contact, out var uri)) return null;
        var left = TimeSpan.FromSeconds(Math.Max(1, Math.Floor((binding.ExpiresAt - now).TotalSeconds)));
        var contact = new NameAddress(uri).WithExpires(left);
        var parameters = contact.Parameters;
        if (binding.QThousandths < Thousand)
            parameters = parameters.WithRaw("q", (binding.QThousandths / Thousand).ToString("0.###", CultureInfo.InvariantCulture));
        if (binding.InstanceId is { } instance) parameters = parameters.WithRaw("+sip.instance", $"\"<{instance}>\"");
        if (binding.RegId is { } flow) parameters = parameters.WithRaw("reg-id", flow.ToString(CultureInfo.InvariantCulture));
        return contact with { Parameters = parameters };
    }
}
