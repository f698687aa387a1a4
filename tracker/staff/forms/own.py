"""What is typed to sign in and to change a password."""

from tracker.web.fields import EmailField, PasswordField
from tracker.web.forms import Form


class SignInForm(Form):
    """E-mail address and password."""

    email = EmailField("E-mail address", required="Enter your e-mail address", attributes={"autocomplete": "username"})
    password = PasswordField("Password", required="Enter your password")


class FirstPasswordForm(Form):
    """The password that replaces a one-time password, which was typed a moment ago."""

    new = PasswordField("New password", required="Enter a new password", autocomplete="new-password")
    again = PasswordField(
        "New password again", required="Enter the new password a second time", autocomplete="new-password"
    )

    def passwords_agree(self) -> bool:
        """Whether the new password was typed twice alike; says so at the second where it was not."""
        if self.new.value != self.again.value:
            self.refuse("again", "The two new passwords must be the same")
            return False
        return True


class PasswordForm(FirstPasswordForm):
    """A new password, from somebody who proves that they know the one before."""

    current = PasswordField("Current password", required="Enter your current password")
