using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Sdp;

/// <summary>Session descriptions in messages, alone or as a part of a multipart body.</summary>
public static class SdpBody
{
    extension(SipMessage message)
    {
        /// <summary>The description, null if there is none or it cannot be read.</summary>
        public SessionDescription? Sdp =>
            MultipartBody.FindSdp(message) is { } text && SessionDescription.TryParse(text.Span, out var session)
                ? session
                : null;

        public void SetSdp(SessionDescription session) => message.SetBody(SessionDescription.ContentType, session.ToBytes());
    }
}
