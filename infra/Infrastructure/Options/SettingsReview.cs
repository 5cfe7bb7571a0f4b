using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>Everything that is wrong with the settings of a process, found before anything is built from them.</summary>
/// <remarks>
/// Binding stops at the first value of a wrong type, and the messages of data annotations name neither section nor value. So each property is
/// read and judged for itself here; the options' own validators remain what the rest of the program relies on.
/// </remarks>
public static class SettingsReview
{
    /// <summary>One line per problem with the key, its value and what to set; empty when all is well.</summary>
    /// <param name="services">Every service of the process, nothing of it built yet.</param>
    /// <param name="configuration">The settings as they are.</param>
    public static IReadOnlyList<string> Problems(IServiceCollection services, IConfiguration configuration)
    {
        using var validators = services.BuildServiceProvider();
        return [.. SectionsOf(services).SelectMany(section => Problems(validators, configuration, section))];
    }

    /// <summary>The sections the process reads, by name.</summary>
    public static IEnumerable<SettingsSection> SectionsOf(IServiceCollection services) =>
        services.Select(s => s.ImplementationInstance).OfType<SettingsSection>().OrderBy(s => s.Name, StringComparer.Ordinal);

    /// <summary>The properties of an option class that are settings.</summary>
    public static IEnumerable<PropertyInfo> PropertiesOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite);

    private static List<string> Problems(IServiceProvider services, IConfiguration configuration, SettingsSection section)
    {
        var options = Activator.CreateInstance(section.Type)!;
        var problems = new List<string>();
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in PropertiesOf(section.Type))
        {
            if (ProblemOf(configuration.GetSection(section.Name), property, options) is not { } problem)
                continue;
            named.Add(property.Name);
            problems.Add($"{section.Name}:{property.Name} {problem}");
        }
        problems.AddRange(OfSeveral(section.Name, options, named));
        // Generated validators say the same as the annotations did, in fewer words.
        problems.AddRange(section.Judge(services, options).Where(failure => !named.Any(name => failure.Contains(name, StringComparison.Ordinal))));
        return problems;
    }

    private static string? ProblemOf(IConfigurationSection section, PropertyInfo property, object options)
    {
        try
        {
            if (section[property.Name] is not null)
                property.SetValue(options, section.GetValue(property.PropertyType, property.Name));
        }
        catch (InvalidOperationException)
        {
            var (text, expected) = (section[property.Name]!, SettingText.Expected(property.PropertyType));
            var hint = expected == SettingText.Number && NumberText.Hint(text) is { } found ? $" {found}" : "";
            return $"is '{SettingText.Shown(property, text)}', which is not {expected}.{hint}";
        }
        return Broken(property, options).Select(rule => SettingText.Problem(property, property.GetValue(options), rule)).FirstOrDefault();
    }

    private static IEnumerable<ValidationAttribute> Broken(PropertyInfo property, object options)
    {
        var context = new ValidationContext(options) { MemberName = property.Name };
        return property.GetCustomAttributes<ValidationAttribute>()
            .Where(rule => rule.GetValidationResult(property.GetValue(options), context) != ValidationResult.Success);
    }

    private static IEnumerable<string> OfSeveral(string section, object options, HashSet<string> named)
    {
        if (named.Count > 0 || options is not IValidatableObject several)
            yield break;
        foreach (var problem in several.Validate(new ValidationContext(options)))
        {
            named.UnionWith(problem.MemberNames);
            yield return $"{section}:{problem.ErrorMessage}";
        }
    }
}
