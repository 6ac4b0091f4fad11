using TeleCube.Actors.Numbers;
using TeleCube.Actors.Registrations;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Tests.Registrations;

/// <summary>Which extensions hear that a connection is lost.</summary>
public sealed class PhoneRegistryTests
{
    static readonly TenantId _tenant = new("firmaabcde");
    static readonly ExtensionNumber _ten = ExtensionNumber.Parse("10");
    static readonly ExtensionNumber _eleven = ExtensionNumber.Parse("11");
    static readonly FlowId _connection = new(7);

    readonly PhoneRegistry _phones = new();

    [Fact]
    public void Both_lines_of_a_phone_hear_of_its_connection()
    {
        _phones.Publish(_tenant, _ten, [Line("10")]);
        _phones.Publish(_tenant, _eleven, [Line("11")]);
        Assert.Equal(["10", "11"], Owners());
    }

    [Fact]
    public void A_line_that_leaves_leaves_the_other_behind()
    {
        _phones.Publish(_tenant, _ten, [Line("10")]);
        _phones.Publish(_tenant, _eleven, [Line("11")]);
        _phones.Publish(_tenant, _eleven, []);
        Assert.Equal(["10"], Owners());
        _phones.Publish(_tenant, _ten, []);
        Assert.Empty(Owners());
    }

    IEnumerable<string> Owners() => _phones.OwnersOf(_connection).Select(owner => owner.Id).Order();

    static RegistrationRow Line(string extension) => new()
    {
        Tenant = _tenant,
        Extension = extension,
        Contact = $"sip:{extension}@192.0.2.7:5060;transport=tcp",
        Flow = _connection.Value,
        Received = "tcp:192.0.2.7:40000",
        Local = "tcp:192.0.2.1:5060",
        CallId = extension,
        CSeq = 1,
        RegisteredAt = DateTimeOffset.UnixEpoch,
        ExpiresAt = DateTimeOffset.UnixEpoch.AddHours(1),
    };
}
