using System.ComponentModel;
using System.Reflection;

namespace SparsePipeline.Contracts.Tests;

/// <summary>A declared default is left out of keys; were it not the real one, two different specs could share a key.</summary>
public sealed class DefaultValueTests
{
    private static readonly IReadOnlyList<PropertyInfo> Declared =
    [
        .. from type in typeof(StepSpec).Assembly.GetTypes()
           from property in type.GetProperties()
           where property.GetCustomAttribute<DefaultValueAttribute>() is not null
           select property,
    ];

    public static TheoryData<string> Names => [.. Declared.Select(Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_declared_default_is_what_the_property_really_starts_with(string name)
    {
        var property = Declared.Single(p => Name(p) == name);

        var real = property.GetValue(Activator.CreateInstance(property.DeclaringType!));

        real.ShouldBe(property.GetCustomAttribute<DefaultValueAttribute>()!.Value);
    }

    [Fact]
    public void Every_value_of_a_spec_or_recipe_that_need_not_be_given_declares_its_default()
    {
        var silent = from type in typeof(StepSpec).Assembly.GetTypes()
                     where typeof(StepSpec).IsAssignableFrom(type) || type == typeof(DataSpec)
                     from property in type.GetProperties()
                     where property.PropertyType.IsValueType && Nullable.GetUnderlyingType(property.PropertyType) is null
                     where property.GetCustomAttribute<System.Runtime.CompilerServices.RequiredMemberAttribute>() is null
                     where property.GetCustomAttribute<DefaultValueAttribute>() is null
                     select Name(property);

        silent.ShouldBeEmpty();
    }

    private static string Name(PropertyInfo property) => $"{property.DeclaringType!.Name}.{property.Name}";
}
