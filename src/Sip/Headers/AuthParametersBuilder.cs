using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>Collects auth-params; which of them are quoted is laid down one by one in RFC 7616 §3.3 and §3.4.</summary>
sealed class AuthParametersBuilder
{
    readonly List<HeaderParameter> _all = new(10);

    public AuthParametersBuilder Quoted(string name, string? value)
    {
        if (value is not null) _all.Add(new(name, WireText.Quote(value)));
        return this;
    }

    public AuthParametersBuilder Token(string name, string? value)
    {
        if (value is not null) _all.Add(new(name, value));
        return this;
    }

    public AuthParameters Build() => new("Digest", _all);
}
