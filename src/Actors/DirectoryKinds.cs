namespace TeleCube.Actors;

/// <summary>The kinds of platform-wide unique keys in the directory.</summary>
public static class DirectoryKinds
{
    /// <summary><c>firmaabcde_10</c></summary>
    public const string SipUser = "sip-user";

    /// <summary>E.164.</summary>
    public const string PhoneNumber = "phone-number";

    /// <summary>A tenant's login prefix.</summary>
    public const string Login = "login";

    /// <summary>A panel user's login, in lower case.</summary>
    public const string UserLogin = "user-login";

    public static string UserLoginKey(string login) => login.ToLowerInvariant();
}
