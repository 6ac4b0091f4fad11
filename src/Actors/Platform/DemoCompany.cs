using System.Buffers.Text;
using TeleCube.Actors.Billing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Transactions;

namespace TeleCube.Actors.Platform;

/// <summary>
/// The company of a fresh installation, with the extensions of the guide's §6; an administrator's password is made and to be printed once.
/// </summary>
public sealed class DemoCompany
{
    const int PasswordBytes = 12;

    static readonly (string Number, string Description)[] _extensions =
    [
        ("10", "Sekretariat"), ("11", "Biuro"), ("12", "P. Agnieszka APT"), ("13", "Tescik"),
        ("14", "Konsultant 1"), ("15", "Konsultant 2"), ("16", "Konsultant 3"),
    ];

    readonly string _realm;

    public DemoCompany(string realm, IRandomSource random)
    {
        _realm = realm;
        Span<byte> bytes = stackalloc byte[PasswordBytes];
        random.Fill(bytes);
        AdministratorPassword = Base64Url.EncodeToString(bytes);
    }

    public static TenantId Id { get; } = new("firmaabcde");

    public static E164 Number { get; } = E164.Parse("+48943401128");

    public const string AdministratorLogin = "admin";

    /// <summary>To be printed, and known to nobody after that.</summary>
    public string AdministratorPassword { get; }

    /// <summary>To be told to the entities in this order, after <see cref="FirstStart.Commands"/>; each answers Accepted.</summary>
    public IEnumerable<(EntityId To, object Command)> Commands()
    {
        var profile = new TenantProfile(Id, "Firma ABCDE", Id.Value, "Europe/Warsaw", FirstStart.Premium, DemoTariff.Id, TenantStatus.Active, 0);
        yield return (EntityKinds.Platform, new PlatformCommand.CreateTenant(profile));
        yield return (EntityKinds.Platform, new PlatformCommand.AssignNumber(Number, Id));
        var tenant = EntityKinds.Tenant(Id);
        foreach (var (number, description) in _extensions) yield return (tenant, new TenantCommand.CreateExtension(Extension(number, description)));
        var infoline = new PhoneNumberRow(Number, "Infolinia", "", new ForwardTarget.ToExtension(ExtensionNumber.Parse("10")));
        yield return (tenant, new TenantCommand.SavePhoneNumbers([infoline]));
        var password = PasswordHash.Of(AdministratorPassword);
        var administrator = new User(new("admin"), AdministratorLogin, "Administrator", UserRole.Administrator, password);
        yield return (tenant, new TenantCommand.CreateUser(administrator));
    }

    Extension Extension(string number, string description) => new(ExtensionNumber.Parse(number))
    {
        Description = description,
        Credentials = SipCredentials.Of($"{Id.Value}_{number}", _realm, $"demo-{number}"),
        PresentedNumber = Number,
    };
}
