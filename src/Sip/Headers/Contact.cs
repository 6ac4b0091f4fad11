using System.Globalization;

namespace TeleCube.Sip.Headers;

/// <summary>
/// contact-param = (name-addr / addr-spec) *( SEMI ( c-p-q / c-p-expires / contact-extension ) ) (RFC 3261 §20.10): what a Contact adds
/// to an address.
/// </summary>
public static class Contact
{
    extension(NameAddress contact)
    {
        /// <summary>How long this binding is wanted; null if it says nothing.</summary>
        public TimeSpan? Expires => DeltaSeconds.TryParse(contact.Parameters["expires"]);

        /// <summary>q, from 0 to 1, 1 if it says nothing (RFC 3261 §10.2.1.2 leaves the default open).</summary>
        public decimal Preference =>
            decimal.TryParse(contact.Parameters["q"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var q)
                && q is >= 0 and <= 1
                ? q
                : 1;

        /// <summary>+sip.instance, a URN that stays the same over restarts (RFC 5626 §4.1).</summary>
        public string? InstanceId => contact.Parameters["+sip.instance"]?.Trim('<', '>');

        /// <summary>Which of a phone's flows this binding is (RFC 5626 §4.2).</summary>
        public int? RegistrationId =>
            int.TryParse(contact.Parameters["reg-id"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

        public NameAddress WithExpires(TimeSpan expires) =>
            contact with { Parameters = contact.Parameters.WithRaw("expires", DeltaSeconds.Text(expires)) };
    }
}
