namespace SparsePipeline.TestKit.Servers;

/// <summary>How a RabbitMQ broker is reached by somebody who may do everything.</summary>
/// <param name="Host">Host name.</param>
/// <param name="Port">AMQP port.</param>
/// <param name="User">User.</param>
/// <param name="Password">Password.</param>
/// <param name="Management">Address of the management interface, which makes virtual hosts.</param>
/// <param name="OutlivesTests">Whether it was there before the tests and is tidied up by them; another one goes with everything in it.</param>
public sealed record BrokerAddress(string Host, int Port, string User, string Password, Uri Management, bool OutlivesTests = false)
{
    /// <summary>Environment variable with an <c>amqp://user:password@host:port</c> address; <c>…_MANAGEMENT</c> beside it defaults to port 15672.</summary>
    public const string Variable = "SPARSEPIPELINE_TEST_BROKER";

    /// <summary>The broker the environment names; null when it names none.</summary>
    public static BrokerAddress? FromEnvironment()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } text)
            return null;
        var uri = new Uri(text);
        var user = uri.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
        var management = Environment.GetEnvironmentVariable(Variable + "_MANAGEMENT") ?? $"http://{uri.Host}:15672";
        return new(uri.Host, uri.IsDefaultPort ? 5672 : uri.Port, user[0], user.ElementAtOrDefault(1) ?? "", new Uri(management), OutlivesTests: true);
    }
}
