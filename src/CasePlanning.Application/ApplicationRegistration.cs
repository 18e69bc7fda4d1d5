using CasePlanning.Application.Accounts;
using CasePlanning.Application.Feed;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Reading;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Application;

/// <summary>
/// The only place that knows how MediatR 5 is wired: a service factory, the handlers of this assembly, and the behaviours in
/// their order. Moving to a newer MediatR changes this file and one parameter order in the behaviours.
/// </summary>
public static class ApplicationRegistration
{
    public static IServiceCollection AddApplication(this IServiceCollection services)
    {
        services.AddScoped<ServiceFactory>(provider => provider.GetService!);
        services.AddScoped<IMediator, Mediator>();
        services.AddScoped<CurrentCall>();
        services.AddScoped<AccessCheck>();
        services.AddScoped<ClientAccess>();
        services.AddScoped<ClientRegistration>();
        services.AddScoped<Administrators>();
        services.AddScoped<Looks>();
        services.AddScoped<InvitationLetters>();
        services.AddScoped<Correspondents>();
        services.AddScoped<Notices>();
        services.AddScoped<DailyMails>();
        services.AddSingleton<JournalRanges>();
        services.AddSingleton<KeptReadings>();
        services.AddSingleton<KeptEntries>();
        services.AddSingleton<KeptSeats>();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(AccessBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidationBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(CommandBehaviour<,>));
        ValidationWords.AddValidators(services, typeof(ApplicationRegistration).Assembly);

        foreach (var type in typeof(ApplicationRegistration).Assembly.GetTypes().Where(t => t is { IsAbstract: false, IsInterface: false }))
        {
            foreach (var handled in type.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)))
                services.AddTransient(handled, type);
        }

        return services;
    }
}
