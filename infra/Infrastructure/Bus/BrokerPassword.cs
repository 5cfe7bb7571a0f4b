namespace SparsePipeline.Infrastructure.Bus;

/// <summary>The broker's password, from its file when there is one.</summary>
internal static class BrokerPassword
{
    /// <summary>Reads the password as it is now; never kept, never logged.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<string> ReadAsync(RabbitMqOptions options) => string.IsNullOrEmpty(options.PasswordFile)
        ? options.Password ?? ""
        : (await File.ReadAllTextAsync(options.PasswordFile)).TrimEnd('\r', '\n');
}
