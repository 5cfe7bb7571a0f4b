using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>What must be there once the broker is used: a password, and the files that are named.</summary>
internal sealed class RabbitMqFilesValidator : IValidateOptions<RabbitMqOptions>
{
    public ValidateOptionsResult Validate(string? name, RabbitMqOptions options)
    {
        var errors = ErrorsOf(options).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> ErrorsOf(RabbitMqOptions options)
    {
        if (string.IsNullOrEmpty(options.Password) && string.IsNullOrEmpty(options.PasswordFile))
            yield return "RabbitMq:Password and RabbitMq:PasswordFile are both empty; name a file that holds the password.";
        foreach (var (key, file) in new[]
        {
            (nameof(RabbitMqOptions.PasswordFile), options.PasswordFile),
            (nameof(RabbitMqOptions.CertificateAuthorityFile), options.CertificateAuthorityFile),
        })
        {
            if (!string.IsNullOrEmpty(file) && !File.Exists(file))
                yield return $"RabbitMq:{key} '{file}' does not exist or cannot be read by this user.";
        }
    }
}
