using TeleCube.Media;
using TeleCube.Media.Conversion;
using TeleCube.Node.Composition;
using TeleCube.Node.Options;
using TeleCube.Sip.Parsing;
using TeleCube.Sip.Transactions;
using TeleCube.Storage;

namespace TeleCube.Node.Tests.Composition;

public sealed class ComponentOptionsTests
{
    static readonly TeleCubeOptions Defaults = ConfigurationLoader.Load(new()).Options;

    [Fact]
    public void The_defaults_of_the_configuration_are_those_of_the_components()
    {
        // Two places that say the same must say the same.
        var store = Defaults.ForStore();
        Assert.Equal(new StoreOptions { Path = store.Path, Endpoints = store.Endpoints }, store);
        Assert.Equal(new MediaEngineOptions(), Defaults.Media.ForEngine());
        Assert.Equal(new ConversionLimits(), Defaults.Media.ForUploads());
        var stack = Defaults.ForStack();
        Assert.Equal(new SipStackOptions { IsExempt = stack.IsExempt, Random = stack.Random }, stack);
    }

    [Fact]
    public void The_longest_message_is_the_one_that_is_configured()
    {
        Assert.Equal(SipFramerLimits.Default, Defaults.Sip.ForTransport().Limits);
        var small = Defaults with { Sip = Defaults.Sip with { Limits = Defaults.Sip.Limits with { MaxMessage = new(8192) } } };
        Assert.Equal((new SipFramerLimits(8192, 8192), 8192), (small.Sip.ForTransport().Limits, small.ForStack().MaxMessageBytes));
    }

    [Fact]
    public void The_database_lies_in_the_data_directory() => Assert.Equal("data/telecube.db", Defaults.ForStore().Path);

    [Fact]
    public void Announcements_lie_in_the_data_directory_too() => Assert.Equal("data/blobs", Defaults.ForBlobs());

    [Fact]
    public void A_certificate_that_is_not_there_is_named_with_its_setting() => Assert.StartsWith(
        "telecube.sip.tls: /nowhere.pem with /nowhere.key can't be used: ",
        Assert.Throws<StartException>(() => ComponentOptions.LoadCertificate("sip.tls", "/nowhere.pem", "/nowhere.key")).Message,
        StringComparison.Ordinal);
}
