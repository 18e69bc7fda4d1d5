namespace CasePlanning.Server.Api.V1;

/// <summary>All routes of version 1.</summary>
public static class Routes
{
    public static void MapV1(this RouteGroupBuilder api)
    {
        api.MapAgencies();
        api.MapPlans();
        api.MapInvitations();
        api.MapReviews();
        api.MapContributions();
        api.MapDrafts();
        api.MapActions();
        api.MapRestrictions();
        api.MapSharing();
        api.MapChanges();
        api.MapEmergencyAccess();
        api.MapJournal();
        api.MapAdministration();
    }
}
